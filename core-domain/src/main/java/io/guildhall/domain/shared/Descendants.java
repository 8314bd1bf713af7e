package io.guildhall.domain.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was made with a credential, directly or not: each before what was made with it. Takes one pass, however deep it goes. */
public final class Descendants {

    private Descendants() {}

    /**
     * @param parents of those that have one
     * @return the first one, and all its descendants
     */
    public static List<UUID> of(UUID first, Map<UUID, UUID> parents) {
        Map<UUID, List<UUID>> children = new HashMap<>();
        parents.forEach((child, parent) ->
                children.computeIfAbsent(parent, none -> new ArrayList<>()).add(child));
        List<UUID> found = new ArrayList<>();
        Deque<UUID> next = new ArrayDeque<>(List.of(first));
        while (!next.isEmpty()) {
            UUID each = next.pop();
            found.add(each);
            List<UUID> made = children.remove(each);
            if (made != null) {
                made.sort(Comparator.reverseOrder());
                made.forEach(next::push);
            }
        }
        return found;
    }
}
