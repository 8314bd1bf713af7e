package io.guildhall.api.mail;

import io.guildhall.infrastructure.observability.FailureLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes the mail files that name an erased user from this node's home. Every node does this by itself, because the node that
 * handles an erasure does not see the homes of the others.
 */
@Component
class MailFileCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(MailFileCleanup.class);

    private final MailOutbox mails;
    private final MailTransport mailTransport;

    MailFileCleanup(MailOutbox mails, MailTransport mailTransport) {
        this.mails = mails;
        this.mailTransport = mailTransport;
    }

    @Scheduled(fixedDelay = 5_000)
    void deleteFilesOfErasedUsers() {
        try {
            mailTransport.deleteFiles(mails::namingErasedUsers);
        } catch (DataAccessException e) {
            FailureLog.warn(LOG, "Mail files of erased users are deleted later", e);
        }
    }
}
