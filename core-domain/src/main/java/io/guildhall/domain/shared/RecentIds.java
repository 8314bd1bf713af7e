package io.guildhall.domain.shared;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/** The latest {@value #MAX_SIZE} ids of ended things: enough to recognize repeated commands, with bounded memory. */
public final class RecentIds {

    public static final int MAX_SIZE = 256;

    private final LinkedHashSet<UUID> ids = new LinkedHashSet<>();

    public void add(UUID id) {
        ids.addLast(id);
        if (ids.size() > MAX_SIZE) {
            ids.removeFirst();
        }
    }

    public boolean contains(UUID id) {
        return ids.contains(id);
    }

    /** Returns the ids, oldest first. */
    public List<UUID> list() {
        return List.copyOf(ids);
    }

    public void restore(Collection<UUID> oldestFirst) {
        ids.clear();
        ids.addAll(oldestFirst);
    }
}
