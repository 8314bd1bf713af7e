package io.guildhall.domain.shared;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/**
 * The latest {@value #MOST} ids of things that have ended: enough to recognize a command that is repeated, and bounded however
 * long the history is.
 */
public final class RecentIds {

    public static final int MOST = 256;

    private final LinkedHashSet<UUID> ids = new LinkedHashSet<>();

    public void add(UUID id) {
        ids.addLast(id);
        if (ids.size() > MOST) {
            ids.removeFirst();
        }
    }

    public boolean contains(UUID id) {
        return ids.contains(id);
    }

    /** The oldest first. */
    public List<UUID> list() {
        return List.copyOf(ids);
    }

    public void restore(Collection<UUID> oldestFirst) {
        ids.clear();
        ids.addAll(oldestFirst);
    }
}
