package io.guildhall.query.emaillink;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.organization.OrganizationEvent.DeactivationRequested;
import io.guildhall.domain.user.UserEvent.EmailValidationRequested;
import io.guildhall.domain.user.UserEvent.PasswordResetRequested;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmailLinksQueriesTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);

    private EmailLinkView find(UUID link) {
        return models.ask(new FindEmailLink(link), EmailLinkView.class);
    }

    @Test
    void findWhatALinkStandsFor() {
        UUID ada = story.person("Ada");
        UUID acme = story.organization("acme", ada);
        UUID validation = UUID.randomUUID();
        UUID reset = UUID.randomUUID();
        UUID deactivation = UUID.randomUUID();
        models.happened(
                Story.by(ada),
                new EmailValidationRequested(ada, validation, models.now()),
                new PasswordResetRequested(ada, reset, models.now()),
                new DeactivationRequested(acme, deactivation, models.now()));

        assertThat(find(validation)).isEqualTo(new EmailLinkView("VALIDATE", ada));
        assertThat(find(reset)).isEqualTo(new EmailLinkView("RESET", ada));
        assertThat(find(deactivation)).isEqualTo(new EmailLinkView("DEACTIVATE", acme));
        assertThat(find(UUID.randomUUID())).isNull();

        story.erased(ada, "Ada");
        assertThat(find(reset)).isNull();
    }
}
