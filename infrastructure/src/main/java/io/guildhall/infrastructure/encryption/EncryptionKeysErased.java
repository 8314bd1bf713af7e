package io.guildhall.infrastructure.encryption;

import java.util.List;
import java.util.UUID;

/**
 * Keys of personal data were erased. Published in the erasing transaction, so that listeners delete related data in it.
 *
 * @param subjects the users, invitations and organizations whose keys were erased
 */
public record EncryptionKeysErased(List<UUID> subjects) {}
