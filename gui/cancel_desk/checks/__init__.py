"""What may be sent: reasons, rules on the sheet, checks against live orders, the plan."""
