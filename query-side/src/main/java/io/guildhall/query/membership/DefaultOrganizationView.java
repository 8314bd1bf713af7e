package io.guildhall.query.membership;

import java.util.UUID;

public record DefaultOrganizationView(UUID organization) {}
