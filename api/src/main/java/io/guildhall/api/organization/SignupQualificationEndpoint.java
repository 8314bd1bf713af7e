package io.guildhall.api.organization;

import static io.guildhall.api.security.RequiresPermission.Organization.PATH;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.query.QueryDispatcher;
import io.guildhall.api.security.Caller;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.guildhall.api.web.CommandExecutor;
import io.guildhall.api.web.StorableText;
import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The answers to the client's questions for a new organization, stored as they are. */
@RestController
class SignupQualificationEndpoint {

    private static final int LONGEST = 16_384;
    private static final String FIELD = "signup_qualification";

    private final QueryDispatcher queries;
    private final CommandExecutor commandExecutor;
    private final JsonMapper json;

    SignupQualificationEndpoint(QueryDispatcher queries, CommandExecutor commandExecutor, JsonMapper json) {
        this.queries = queries;
        this.commandExecutor = commandExecutor;
        this.json = json;
    }

    record Qualification(@NotNull Map<String, Object> signupQualification) {}

    @PostMapping("/v1/organizations/{id}/signup_qualification")
    @RequiresPermission(value = Permission.ORGANIZATION_WRITE, organization = PATH)
    OrganizationReply answer(@PathVariable UUID id, @Valid @RequestBody Qualification qualification, Caller caller) {
        Map<String, Object> answers = qualification.signupQualification();
        String text = json.writeValueAsString(answers);
        if (text.length() > LONGEST || !StorableText.storable((Object) answers)) {
            throw RequestRejectionException.invalidArgument(
                    FIELD, "%s must have at most %d characters, none of them NUL.".formatted(FIELD, LONGEST));
        }
        commandExecutor.perform(new AnswerSignupQualification(id, text), caller);
        return new OrganizationReply(queries.require(new FindOrganization(id), OrganizationView.class, "organization"));
    }
}
