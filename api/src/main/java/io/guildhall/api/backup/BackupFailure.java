package io.guildhall.api.backup;

/** Why there is no backup, or nothing was restored, in a sentence for an operator. */
final class BackupFailure extends RuntimeException {

    BackupFailure(String reason) {
        super(reason);
    }
}
