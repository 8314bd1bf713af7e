package io.guildhall.api.mail;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.validation.OneOf;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.api.web.PageParameters;
import io.guildhall.infrastructure.outbox.mail.MailOutbox;
import io.guildhall.infrastructure.outbox.mail.MailOutboxWorker;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For operators: mails that were refused for so long that they were given up, and what is to become of them. */
@RestController
@RequestMapping("/operator/v1/mails")
class MailEndpoint {

    private final MailOutbox mails;
    private final MailOutboxWorker worker;

    MailEndpoint(MailOutbox mails, MailOutboxWorker worker) {
        this.mails = mails;
        this.worker = worker;
    }

    /**
     * Ids and no personal data.
     *
     * @param recipientType user, or organization_invitation of the kinds that invite
     * @param organizationId empty where it is about none
     * @param reason the class of the last failure
     */
    record ParkedMail(
            String id,
            String kind,
            String recipientType,
            String recipientId,
            String organizationId,
            Instant createdAt,
            Instant parkedAt,
            int attempts,
            String reason) {

        static ParkedMail of(MailOutbox.Parked mail) {
            return new ParkedMail(
                    mail.id().toString(),
                    mail.kind(),
                    mail.recipientKind().equals("invitation") ? "organization_invitation" : "user",
                    mail.recipient().toString(),
                    mail.organization() == null ? "" : mail.organization().toString(),
                    mail.createdAt(),
                    mail.parkedAt(),
                    mail.attempts(),
                    mail.reason());
        }
    }

    record ParkedMails(List<ParkedMail> mails, long limit, long offset, long count) {}

    record Retried(long count) {}

    /**
     * Mails that were not sent.
     *
     * @param status PARKED, the default: those that wait for an operator, without what is still tried; or SUPPRESSED: notices that
     *     were too many for their recipients
     */
    @GetMapping
    @RequiresPermission(Permission.OPERATE)
    ParkedMails list(
            @RequestParam(defaultValue = "PARKED") @OneOf("PARKED, SUPPRESSED") String status, PageParameters page) {
        MailOutbox.Outcome outcome = MailOutbox.Outcome.valueOf(status);
        return new ParkedMails(
                mails.ended(outcome, page.limit(), page.offset()).stream()
                        .map(ParkedMail::of)
                        .toList(),
                page.limit(),
                page.offset(),
                mails.count(outcome));
    }

    /** All of them: when what was wrong with the mail server is mended. */
    @PostMapping("/retry")
    @RequiresPermission(Permission.OPERATE)
    Retried retryAll() {
        int count = mails.retry(null);
        worker.trigger();
        return new Retried(count);
    }

    /** It is tried as long as a new one. Silence where it is not parked. */
    @PostMapping("/{id}/retry")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse retry(@PathVariable UUID id) {
        requirePresent(id);
        mails.retry(id);
        worker.trigger();
        return EmptyResponse.INSTANCE;
    }

    /** Silence where it is not parked. */
    @PostMapping("/{id}/discard")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse discard(@PathVariable UUID id) {
        requirePresent(id);
        mails.discard(id);
        return EmptyResponse.INSTANCE;
    }

    private void requirePresent(UUID id) {
        if (!mails.exists(id)) {
            throw RequestRejectionException.notFound("mail");
        }
    }
}
