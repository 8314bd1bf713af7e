package io.guildhall.api.user;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.domain.user.UserCommand.CancelEmailChange;
import io.guildhall.domain.user.UserCommand.ConfirmEmailChange;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.query.user.EmailChangeView;
import io.guildhall.query.user.FindEmailChange;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The links that confirm or cancel a change of the e-mail address. They start no session. */
@RestController
class EmailChangeEndpoint {

    private static final String STORED = "EMAIL_CHANGE";

    private final MailedLinks signedLinkCodec;
    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;

    EmailChangeEndpoint(MailedLinks signedLinkCodec, QueryDispatcher queries, CommandExecutor commandExecutor) {
        this.signedLinkCodec = signedLinkCodec;
        this.queries = queries;
        this.commandExecutor = commandExecutor;
    }

    /** @param emailChanged whether the address is changed; if not, the other address has to confirm as well */
    record Confirmed(boolean emailChanged) {}

    /**
     * The link to the new address needs a session of the user. Otherwise a stranger could ask for somebody's address, and its owner,
     * who follows the link, would validate it for the stranger's user.
     */
    @PostMapping("/v1/account/email_changes/{id}")
    @RequiresPermission(Permission.PUBLIC)
    Confirmed confirm(@PathVariable String id, @Nullable Caller caller) {
        MailedLinks.Opened link = open(id);
        boolean byNewAddress = isToNewAddress(id);
        if (byNewAddress && (caller == null || caller.isBound() || !caller.isUser(link.subject()))) {
            throw RequestRejectionException.unauthenticated(
                    "unauthenticated", "Sign in to the account whose e-mail address changes. Then confirm again.");
        }
        commandExecutor.perform(
                new ConfirmEmailChange(link.subject(), link.id(), byNewAddress), CommandExecutor.of(link.subject()));
        return new Confirmed(queries.find(new FindEmailChange(link.subject()), EmailChangeView.class) == null);
    }

    @DeleteMapping("/v1/account/email_changes/{id}")
    @RequiresPermission(Permission.PUBLIC)
    EmptyResponse cancel(@PathVariable String id) {
        MailedLinks.Opened link = open(id);
        commandExecutor.perform(new CancelEmailChange(link.subject(), link.id()), CommandExecutor.of(link.subject()));
        return EmptyResponse.INSTANCE;
    }

    private boolean isToNewAddress(String id) {
        return signedLinkCodec.isOf(SignedLinkCodec.EMAIL_CHANGE_NEW, id);
    }

    private MailedLinks.Opened open(String id) {
        return signedLinkCodec.open(
                isToNewAddress(id) ? SignedLinkCodec.EMAIL_CHANGE_NEW : SignedLinkCodec.EMAIL_CHANGE_OLD, STORED, id);
    }
}
