package io.guildhall.api.operator;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.request.RequestId;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.EmptyResponse;
import io.guildhall.domain.organization.OrganizationCommand.LockOrganization;
import io.guildhall.domain.organization.OrganizationCommand.UnlockOrganization;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.shared.DisplayText;
import io.guildhall.domain.shared.PersonalDataCipher;
import io.guildhall.domain.user.EmailAddress;
import io.guildhall.domain.user.UserCommand.RaiseMembershipLimit;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.FindOrganizationNamed;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.user.FindSignIn;
import io.guildhall.query.user.SignInView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.UUID;
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

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final PersonalDataCipher personalData;
    private final UserErasureService userErasureService;

    OperatorEndpoint(
            QueryDispatcher queries,
            CommandExecutor commandExecutor,
            PersonalDataCipher personalData,
            UserErasureService userErasureService) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.personalData = personalData;
        this.userErasureService = userErasureService;
    }

    record Limit(@NotNull Integer limit) {}

    record Reason(@NotNull String reason) {}

    record Found(String id) {}

    record Users(List<Found> users) {}

    record Organizations(List<Found> organizations) {}

    @GetMapping("/users")
    @RequiresPermission(Permission.OPERATE)
    Users users(@RequestParam String email) {
        String hash = personalData.emailHash(EmailAddress.of(email).value());
        SignInView found = queries.find(new FindSignIn(hash), SignInView.class);
        return new Users(
                found == null ? List.of() : List.of(new Found(found.user().toString())));
    }

    @GetMapping("/organizations")
    @RequiresPermission(Permission.OPERATE)
    Organizations organizations(@RequestParam String name) {
        OrganizationView found = queries.find(new FindOrganizationNamed(name), OrganizationView.class);
        return new Organizations(found == null ? List.of() : List.of(new Found(found.id())));
    }

    /** Lets a user be a member of more organizations (R6). */
    @PostMapping("/users/{id}/membership_limit")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse raiseLimit(@PathVariable UUID id, @Valid @RequestBody Limit limit) {
        commandExecutor.perform(new RaiseMembershipLimit(id, limit.limit()), byOperator());
        return EmptyResponse.INSTANCE;
    }

    /** Erases a user: destroys the key of the user's personal data (R20). */
    @PostMapping("/users/{id}/erase")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse erase(@PathVariable UUID id) {
        userErasureService.erase(id, byOperator());
        return EmptyResponse.INSTANCE;
    }

    @PostMapping("/organizations/{id}/lock")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse lock(@PathVariable UUID id, @Valid @RequestBody Reason given) {
        String reason = given.reason();
        if (reason.length() > LONGEST_REASON || !DisplayText.isVisible(reason) || !DisplayText.isText(reason)) {
            throw RequestRejectionException.invalidArgument(
                    "reason",
                    "reason must have 1 to %d characters, and %s; line breaks are allowed."
                            .formatted(LONGEST_REASON, DisplayText.RULE));
        }
        requirePresent(id);
        commandExecutor.perform(new LockOrganization(id, reason), byOperator());
        return EmptyResponse.INSTANCE;
    }

    @PostMapping("/organizations/{id}/unlock")
    @RequiresPermission(Permission.OPERATE)
    EmptyResponse unlock(@PathVariable UUID id) {
        requirePresent(id);
        commandExecutor.perform(new UnlockOrganization(id), byOperator());
        return EmptyResponse.INSTANCE;
    }

    private void requirePresent(UUID organization) {
        queries.require(new FindOrganization(organization), OrganizationView.class, "organization");
    }

    private static ActorContext byOperator() {
        return ActorContext.byOperator(RequestId.current());
    }
}
