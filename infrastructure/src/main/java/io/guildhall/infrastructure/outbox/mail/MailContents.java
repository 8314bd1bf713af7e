package io.guildhall.infrastructure.outbox.mail;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the mails of this version say. */
public interface MailContents {

    /** The kinds of mails. Mails of other kinds are left to the nodes of a later version. */
    Set<String> kinds();

    /** Null when the mail is no longer worth sending. */
    @Nullable MailContent compose(OutboxEntry mail);

    /** Counts the mail, and says whether its recipient may be sent another one of its kind. */
    boolean allows(OutboxEntry mail, String address);
}
