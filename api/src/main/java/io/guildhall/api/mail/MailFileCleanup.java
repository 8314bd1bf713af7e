package io.guildhall.api.mail;

import io.guildhall.infrastructure.observability.FailureLog;
import io.guildhall.infrastructure.outbox.mail.MailTransport;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Deletes the mail files that name an erased user from this node's home. Every node does this by itself, because the node that
 * handles an erasure does not see the homes of the others.
 */
@Component
class MailFileCleanup {

    private static final Logger LOG = LoggerFactory.getLogger(MailFileCleanup.class);

    private static final String NAMING_ERASED_USERS = """
            select m.id from mails m
            where m.id = any(:mails)
              and (exists (select from users a where a.user_id in (m.recipient, m.actor) and a.erased)
                   or exists (select from invitations i where i.invitation = m.recipient and i.email = ''))
            """;

    private final JdbcClient jdbc;
    private final MailTransport mailTransport;

    MailFileCleanup(JdbcClient jdbc, MailTransport mailTransport) {
        this.jdbc = jdbc;
        this.mailTransport = mailTransport;
    }

    @Scheduled(fixedDelay = 5_000)
    void deleteFilesOfErasedUsers() {
        try {
            mailTransport.deleteFiles(this::namingErasedUsers);
        } catch (DataAccessException e) {
            FailureLog.warn(LOG, "Mail files of erased users are deleted later", e);
        }
    }

    /** Those of the mails that were sent to an erased user, or that name one as the actor. */
    private Set<UUID> namingErasedUsers(Set<UUID> mails) {
        return jdbc.sql(NAMING_ERASED_USERS)
                .param("mails", mails.toArray(UUID[]::new))
                .query(UUID.class)
                .set();
    }
}
