package io.guildhall.api.web;

import java.util.EnumSet;
import java.util.Set;

/** What a member is in an organization; the contract has one role so far (R15). */
enum Role {
    OWNER(EnumSet.allOf(Permission.class));

    private final Set<Permission> granted;

    Role(Set<Permission> granted) {
        this.granted = granted;
    }

    boolean grants(Permission permission) {
        return granted.contains(permission);
    }
}
