package io.guildhall.infrastructure.projection;

import java.util.Arrays;
import java.util.List;

/**
 * The table of a projection. A rebuild makes the indexes that are not needed for writing it when most of it is written.
 *
 * @param key the columns that a row is known by: its primary key
 * @param changes whether rows are ever updated or deleted; then the key is one column
 * @param foundBy columns that several rows are found by when they are changed together; each begins an index
 */
public record TableDefinition(String name, List<String> key, boolean changes, List<String> foundBy) {

    /** Whose rows stay as they were added. */
    public static TableDefinition added(String name, String... key) {
        return new TableDefinition(name, List.of(key), false, List.of());
    }

    /** Whose rows are changed one by one, or several that have the same value in one of these columns. */
    public static TableDefinition changed(String name, String key, String... foundBy) {
        return new TableDefinition(name, List.of(key), true, Arrays.asList(foundBy));
    }

    /** The one column of the key. */
    String id() {
        if (!changes) {
            throw new IllegalStateException("Rows of %s are never changed".formatted(name));
        }
        return key.getFirst();
    }
}
