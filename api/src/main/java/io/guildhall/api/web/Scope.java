package io.guildhall.api.web;

import io.guildhall.domain.token.Tokens;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What API tokens can be limited to (R18): each scope is some of the permissions that routes need. */
enum Scope {
    ACTIVITIES_READ(Tokens.ACTIVITIES_READ, EnumSet.of(Permission.TRAIL_READ));

    private final String name;
    private final Set<Permission> granted;

    Scope(String name, Set<Permission> granted) {
        this.name = name;
        this.granted = granted;
    }

    /** Whether these scopes together grant all of this. A scope that is not known grants nothing. */
    static boolean allow(Collection<String> scopes, Permission... needed) {
        Set<Permission> granted = EnumSet.noneOf(Permission.class);
        for (Scope scope : values()) {
            if (scopes.contains(scope.name)) {
                granted.addAll(scope.granted);
            }
        }
        return granted.containsAll(List.of(needed));
    }
}
