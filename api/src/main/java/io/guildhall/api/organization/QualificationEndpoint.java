package io.guildhall.api.organization;

import io.guildhall.api.web.Acts;
import io.guildhall.api.web.Caller;
import io.guildhall.api.web.Choices;
import io.guildhall.api.web.Permission;
import io.guildhall.api.web.Permitted;
import io.guildhall.api.web.Queries;
import io.guildhall.api.web.Texts;
import io.guildhall.api.web.WebRefusal;
import io.guildhall.api.web.Who;
import io.guildhall.domain.organization.OrganizationCommand.AnswerSignupQualification;
import io.guildhall.domain.shared.CommandRefused;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What somebody answered when the organization was new: whatever the client asks, kept as it is. */
@RestController
class QualificationEndpoint {

    private static final int LONGEST = 16_384;
    private static final String FIELD = "signup_qualification";

    private final Queries queries;
    private final Acts acts;
    private final JsonMapper json;

    QualificationEndpoint(Queries queries, Acts acts, JsonMapper json) {
        this.queries = queries;
        this.acts = acts;
        this.json = json;
    }

    record Qualification(@Nullable Map<String, Object> signupQualification) {}

    @PostMapping("/v1/organizations/{id}/signup_qualification")
    @Permitted(value = Who.ORGANIZATION, needs = Permission.ORGANIZATION_WRITE)
    OrganizationReply answer(@PathVariable UUID id, @RequestBody Qualification qualification, Caller caller) {
        Map<String, Object> answers = Choices.required(FIELD, qualification.signupQualification());
        String text = json.writeValueAsString(answers);
        if (text.length() > LONGEST || !Texts.storable((Object) answers)) {
            throw CommandRefused.because(new WebRefusal.FieldMalformed(
                    FIELD, "%s must have at most %d characters, none of them NUL.".formatted(FIELD, LONGEST)));
        }
        acts.perform(new AnswerSignupQualification(id, text), caller);
        return new OrganizationReply(queries.require(new FindOrganization(id), OrganizationView.class, "organization"));
    }
}
