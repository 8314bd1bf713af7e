package io.guildhall.api.mail;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes the mail files that name an erased user from this node's home. Every node does this by itself, because the node that
 * handles an erasure does not see the homes of the others.
 */
@Component
class MailFileCleanup {

    private final MailOutbox mails;
    private final Delivery delivery;

    MailFileCleanup(MailOutbox mails, Delivery delivery) {
        this.mails = mails;
        this.delivery = delivery;
    }

    @Scheduled(fixedDelay = 5_000)
    void deleteFilesOfErasedUsers() {
        delivery.deleteFiles(mails::namingErasedUsers);
    }
}
