"""What may be sent: reasons per market, rules on the sheet, checks against live orders, the plan."""
