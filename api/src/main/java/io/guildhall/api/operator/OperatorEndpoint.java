package io.guildhall.api.operator;

import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Nothing;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.RequestId;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.api.web.Who;
import io.guildhall.domain.organization.OrganizationCommand.LockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UnlockOrganization;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.UserCommand.RaiseMembershipLimit;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.FindOrganizationNamed;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.user.FindSignIn;
import io.guildhall.query.user.SignInView;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Each act is an event with the operator as its actor. Lookups give ids and no more. */
@RestController
@RequestMapping("/operator/v1")
class OperatorEndpoint {

    private static final int LONGEST_REASON = 256;

    private final Queries queries;
    private final Acts acts;
    private final PersonalDataCipher personalData;
    private final Erasure erasure;

    OperatorEndpoint(Queries queries, Acts acts, PersonalDataCipher personalData, Erasure erasure) {
        this.queries = queries;
        this.acts = acts;
        this.personalData = personalData;
        this.erasure = erasure;
    }

    record Limit(@Nullable Integer limit) {}

    record Reason(@Nullable String reason) {}

    record Found(String id) {}

    record Users(List<Found> users) {}

    record Organizations(List<Found> organizations) {}

    @GetMapping("/users")
    @Permitted(Who.OPERATOR)
    Users users(@RequestParam String email) {
        String hash = personalData.emailHash(EmailAddress.of(email).value());
        SignInView found = queries.find(new FindSignIn(hash), SignInView.class);
        return new Users(
                found == null ? List.of() : List.of(new Found(found.user().toString())));
    }

    @GetMapping("/organizations")
    @Permitted(Who.OPERATOR)
    Organizations organizations(@RequestParam String name) {
        OrganizationView found = queries.find(new FindOrganizationNamed(name), OrganizationView.class);
        return new Organizations(found == null ? List.of() : List.of(new Found(found.id())));
    }

    /** Lets a user be a member of more organizations (R6). */
    @PostMapping("/users/{id}/membership_limit")
    @Permitted(Who.OPERATOR)
    Nothing raiseLimit(@PathVariable UUID id, @RequestBody Limit limit) {
        acts.perform(new RaiseMembershipLimit(id, Choices.required("limit", limit.limit())), byOperator());
        return Nothing.AT_ALL;
    }

    /** Erases a user: destroys the key of the user's personal data (R20). */
    @PostMapping("/users/{id}/erase")
    @Permitted(Who.OPERATOR)
    Nothing erase(@PathVariable UUID id) {
        erasure.erase(id, byOperator());
        return Nothing.AT_ALL;
    }

    @PostMapping("/organizations/{id}/lock")
    @Permitted(Who.OPERATOR)
    Nothing lock(@PathVariable UUID id, @RequestBody Reason given) {
        String reason = Choices.required("reason", given.reason());
        if (reason.length() > LONGEST_REASON || !DisplayText.isVisible(reason) || !DisplayText.isText(reason)) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(
                    "reason",
                    "reason must have 1 to %d characters, and %s; line breaks are allowed."
                            .formatted(LONGEST_REASON, DisplayText.RULE)));
        }
        requirePresent(id);
        acts.perform(new LockOrganization(id, reason), byOperator());
        return Nothing.AT_ALL;
    }

    @PostMapping("/organizations/{id}/unlock")
    @Permitted(Who.OPERATOR)
    Nothing unlock(@PathVariable UUID id) {
        requirePresent(id);
        acts.perform(new UnlockOrganization(id), byOperator());
        return Nothing.AT_ALL;
    }

    private void requirePresent(UUID organization) {
        queries.require(new FindOrganization(organization), OrganizationView.class, "organization");
    }

    private static ActorContext byOperator() {
        return ActorContext.byOperator(RequestId.current());
    }
}
