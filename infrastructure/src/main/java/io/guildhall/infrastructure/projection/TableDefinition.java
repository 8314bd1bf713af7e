package io.guildhall.infrastructure.projection;

import java.util.Arrays;
import java.util.List;

/**
 * The table of a projection.
 *
 * @param key the columns of the primary key; one column if the table is mutable
 * @param changes whether rows are updated or deleted
 * @param foundBy columns by which several rows are changed together; each is the first column of an index. A rebuild
 *     creates these indexes first and all others after the rows.
 */
public record TableDefinition(String name, List<String> key, boolean changes, List<String> foundBy) {

    /** A table whose rows are never changed. */
    public static TableDefinition added(String name, String... key) {
        return new TableDefinition(name, List.of(key), false, List.of());
    }

    /** A table whose rows are changed by key or by one of these columns. */
    public static TableDefinition changed(String name, String key, String... foundBy) {
        return new TableDefinition(name, List.of(key), true, Arrays.asList(foundBy));
    }

    /** The only column of a mutable table's key. */
    String id() {
        if (!changes) {
            throw new IllegalStateException("Rows of %s are never changed".formatted(name));
        }
        return key.getFirst();
    }
}
