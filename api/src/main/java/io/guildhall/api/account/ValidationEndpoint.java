package io.guildhall.api.account;

import io.guildhall.api.secret.Links;
import io.guildhall.api.session.Sessions;
import io.guildhall.api.session.SignedIn;
import io.guildhall.api.throttle.MailLimits;
import io.guildhall.api.throttle.Throttle;
import io.guildhall.api.turn.Turn;
import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Nothing;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Who;
import io.guildhall.domain.account.RequestEmailValidation;
import io.guildhall.domain.account.ValidateEmail;
import io.guildhall.domain.kernel.PersonalData;
import io.guildhall.query.account.FindAccount;
import io.guildhall.query.account.UserView;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** R2. */
@RestController
class ValidationEndpoint {

    private final MailedLinks links;
    private final Throttle throttle;
    private final Queries queries;
    private final PersonalData personalData;
    private final Acts acts;
    private final Sessions sessions;

    ValidationEndpoint(
            MailedLinks links,
            Throttle throttle,
            Queries queries,
            PersonalData personalData,
            Acts acts,
            Sessions sessions) {
        this.links = links;
        this.throttle = throttle;
        this.queries = queries;
        this.personalData = personalData;
        this.acts = acts;
        this.sessions = sessions;
    }

    /** @param token null where the address was validated before */
    record Validated(SignedIn.@Nullable Token token) {}

    @PostMapping("/v1/account/resend_validation")
    @Permitted(Who.INTERACTIVE)
    Nothing resend(Caller caller) {
        UserView user = queries.require(new FindAccount(caller.account()), UserView.class, "account");
        throttle.counted(
                MailLimits.validation(caller.account(), personalData.emailHash(user.email())),
                () -> acts.perform(new RequestEmailValidation(caller.account(), Turn.newId()), caller));
        return Nothing.AT_ALL;
    }

    /**
     * The first time it signs in who follows the link, as the contract has it: they have shown that the mailbox is theirs. After
     * that the link is no key to the account, and the reply is empty.
     */
    @PostMapping("/v1/account/validate/{id}")
    @Permitted(Who.PUBLIC)
    Validated validate(@PathVariable String id, HttpServletRequest request) {
        MailedLinks.Opened link = links.open(Links.VALIDATE, id);
        var done = acts.perform(new ValidateEmail(link.subject(), link.id()), Acts.of(link.subject()));
        return new Validated(
                done.position() == 0
                        ? null
                        : sessions.start(link.subject(), null, "VALIDATION", null, request)
                                .token());
    }
}
