package io.guildhall.domain.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds all credentials created with a credential, directly or indirectly, in one pass. Parents come before children.
 */
public final class Descendants {

    private Descendants() {}

    /**
     * @param parents the parent of each credential that has one
     * @return the first credential and all its descendants
     */
    public static List<UUID> of(UUID first, Map<UUID, UUID> parents) {
        Map<UUID, List<UUID>> children = new HashMap<>();
        parents.forEach((child, parent) ->
                children.computeIfAbsent(parent, none -> new ArrayList<>()).add(child));
        List<UUID> found = new ArrayList<>();
        Deque<UUID> pending = new ArrayDeque<>(List.of(first));
        while (!pending.isEmpty()) {
            UUID current = pending.pop();
            found.add(current);
            List<UUID> derived = children.remove(current);
            if (derived != null) {
                derived.sort(Comparator.reverseOrder());
                derived.forEach(pending::push);
            }
        }
        return found;
    }
}
