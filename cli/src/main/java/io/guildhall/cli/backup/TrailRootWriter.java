package io.guildhall.cli.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.guildhall.infrastructure.auditlog.IncrementalMerkleTree;
import io.guildhall.infrastructure.auditlog.TrailEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a line with the root of each organization's trail. Expects events in the order of trails and sequence numbers. */
final class TrailRootWriter {

    private final OutputStream out;
    private @Nullable UUID organization;
    private IncrementalMerkleTree tree = new IncrementalMerkleTree();
    private long trails;

    TrailRootWriter(OutputStream out) {
        this.out = out;
    }

    void add(TrailEvent event) {
        if (!event.organization().equals(organization)) {
            end();
            organization = event.organization();
        }
        if (event.sequence() != tree.size() + 1) {
            throw new IllegalStateException("The trail of organization %s has a gap before activity %d."
                    .formatted(organization, event.sequence()));
        }
        tree.append(event.leafHash());
    }

    /** @return the number of trails */
    long end() {
        if (organization != null) {
            String line = "%s %d %s\n"
                    .formatted(organization, tree.size(), HexFormat.of().formatHex(tree.root()));
            try {
                out.write(line.getBytes(US_ASCII));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            trails++;
        }
        organization = null;
        tree = new IncrementalMerkleTree();
        return trails;
    }
}
