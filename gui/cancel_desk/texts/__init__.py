"""Every sentence a person reads that both fronts share, made from codes and their parameters."""
