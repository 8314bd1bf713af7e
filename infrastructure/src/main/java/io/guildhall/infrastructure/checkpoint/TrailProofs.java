package io.guildhall.infrastructure.checkpoint;

import io.guildhall.infrastructure.auditlog.MerkleLog;
import io.guildhall.infrastructure.auditlog.SignedRoot;
import io.guildhall.infrastructure.auditlog.TamperingDetectedException;
import io.guildhall.infrastructure.auditlog.TrailVerifier;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Says and signs what organizations' trails are. */
@Component
public class TrailProofs {

    private final MerkleLog log;
    private final TrailVerifier check;
    private final SigningKey key;

    TrailProofs(MerkleLog log, TrailVerifier check, SigningKey key) {
        this.log = log;
        this.check = check;
        this.key = key;
    }

    /**
     * A trail as it is now, signed.
     *
     * @param note in the form of C2SP's tlog-checkpoint
     */
    public record Signed(String origin, long size, byte[] root, String note) {}

    /** @throws TamperingDetectedException when it disagrees with what was signed before; whoever runs the service is told */
    public Signed checkpoint(UUID organization) {
        SignedRoot root = log.checkpoint(
                organization,
                (size, hash) -> key.sign(checkpoint(organization, size, hash).text()));
        Checkpoint checkpoint = checkpoint(organization, root.size(), root.root());
        return new Signed(
                checkpoint.origin(),
                checkpoint.size(),
                checkpoint.root(),
                checkpoint.note(key.verifier(), root.signature()));
    }

    public TrailVerifier.Result check(UUID organization) {
        return check.check(
                organization,
                root -> key.verifier()
                        .verifies(
                                checkpoint(organization, root.size(), root.root())
                                        .text(),
                                root.signature()));
    }

    private Checkpoint checkpoint(UUID organization, long size, byte[] root) {
        return new Checkpoint(key.verifier().name() + "/organization/" + organization, size, root);
    }
}
