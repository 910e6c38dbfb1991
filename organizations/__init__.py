"""Who: users, organisations, memberships, invitations, access rules and the audit trail."""
