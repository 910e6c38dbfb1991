"""Who: users, organizations, memberships, invitations, access rules and the audit trail."""
