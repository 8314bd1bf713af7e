package io.guildhall.infrastructure.encryption;

import java.util.List;
import java.util.UUID;

/**
 * Keys of personal data were erased. Published in the transaction that erases them: what else is stored about the subjects goes in it, too.
 *
 * @param subjects the users, invitations and organizations that the keys belonged to
 */
public record EncryptionKeysErased(List<UUID> subjects) {}
