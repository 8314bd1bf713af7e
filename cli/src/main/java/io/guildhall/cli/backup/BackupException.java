package io.guildhall.cli.backup;

/** A backup or a restore has failed. The message is a sentence for the operator. */
final class BackupException extends RuntimeException {

    BackupException(String reason) {
        super(reason);
    }
}
