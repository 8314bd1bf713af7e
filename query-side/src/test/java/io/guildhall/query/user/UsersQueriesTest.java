package io.guildhall.query.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.DeploymentNotificationsDisabled;
import io.guildhall.domain.user.UserEvent.EmailChangeCanceled;
import io.guildhall.domain.user.UserEvent.EmailChangeRequested;
import io.guildhall.domain.user.UserEvent.EmailChanged;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.PasswordSet;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UsersQueriesTest {

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);

    @Test
    void findTheProfile() {
        UUID ada = story.person("Ada Lovelace");
        Instant login = models.now();
        story.session(ada, null, null, "s", Duration.ofDays(1));

        UserView user = models.ask(new FindUser(ada), UserView.class);

        assertThat(user.id()).isEqualTo(ada.toString());
        assertThat(user.name()).isEqualTo("Ada Lovelace");
        assertThat(user.email()).isEqualTo("ada.lovelace@example.org");
        assertThat(user.avatarUrl())
                .isEqualTo(ReadModels.URL + "/avatars/al-" + ada.toString().substring(0, 8) + ".svg");
        assertThat(user.emailValidated()).isTrue();
        assertThat(user.lastLogin()).isEqualTo(login);
        assertThat(user.lastLoginIp()).isEqualTo("192.0.2.7");
        assertThat(user.flags()).isEmpty();
    }

    /** The published contract's flag for the limit of memberships (R6). */
    @Test
    void flagARaisedLimit() {
        UUID ada = story.person("Ada");
        models.happened(ActorContext.byOperator(null), new MembershipLimitRaised(ada, 100));

        assertThat(models.ask(new FindUser(ada), UserView.class).flags()).containsExactly("MAX_ORGANIZATIONS_100");
    }

    @Test
    void findWhatSigningInNeedsByTheAddressOfNow() {
        UUID ada = story.person("Ada");
        UUID password = UUID.randomUUID();
        models.happened(
                Story.by(ada),
                new EmailChanged(ada, story.seal(ada, "new@example.org"), "new-hash"),
                new PasswordSet(ada, password, story.seal(ada, "encoded"), "CHANGE"));

        SignInView expected = new SignInView(ada, password, "encoded", true);
        assertThat(models.ask(new FindSignIn("new-hash"), SignInView.class)).isEqualTo(expected);
        assertThat(models.ask(new FindPassword(ada), SignInView.class)).isEqualTo(expected);
        assertThat(models.ask(new FindSignIn(story.hash("Ada")), SignInView.class))
                .isNull();
    }

    @Test
    void findAChangeOfTheAddressUntilItIsComplete() {
        UUID ada = story.person("Ada");
        UUID link = UUID.randomUUID();
        var requested = requested(ada, link, Duration.ofDays(1));
        models.happened(Story.by(ada), requested);
        assertThat(pendingEmail(ada)).isEqualTo("new@example.org");

        assertThat(models.ask(new FindEmailChange(ada), EmailChangeView.class))
                .isEqualTo(new EmailChangeView(link, "new@example.org", true));
        models.happened(Story.by(ada), new EmailChangeCanceled(ada, link));
        assertThat(models.ask(new FindEmailChange(ada), EmailChangeView.class)).isNull();
        models.happened(
                Story.by(ada), requested, new EmailChanged(ada, story.seal(ada, "new@example.org"), "new-hash"));
        assertThat(models.ask(new FindEmailChange(ada), EmailChangeView.class)).isNull();
        assertThat(pendingEmail(ada)).isNull();
    }

    @Test
    void findNoChangeOfTheAddressThatHasExpired() {
        UUID ada = story.person("Ada");
        models.happened(Story.by(ada), requested(ada, UUID.randomUUID(), Duration.ofDays(-1)));

        assertThat(models.ask(new FindEmailChange(ada), EmailChangeView.class)).isNull();
        assertThat(pendingEmail(ada)).isNull();
    }

    private EmailChangeRequested requested(UUID user, UUID link, Duration validity) {
        return new EmailChangeRequested(
                user,
                story.seal(user, "new@example.org"),
                "new-hash",
                link,
                models.now().plus(validity),
                true);
    }

    private @Nullable String pendingEmail(UUID user) {
        return models.ask(new FindUser(user), UserView.class).pendingEmail();
    }

    @Test
    void findSettings() {
        UUID ada = story.person("Ada");
        models.happened(Story.by(ada), new DeploymentNotificationsDisabled(ada));

        assertThat(models.ask(new FindSettings(ada), SettingsView.class))
                .isEqualTo(new SettingsView(ada.toString(), ada.toString(), false));
    }

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void findNothingOfAnErasedPerson() {
        UUID ada = story.person("Ada");
        story.erased(ada, "Ada");

        assertThat(models.ask(new FindUser(ada), UserView.class)).isNull();
        assertThat(models.ask(new FindPassword(ada), SignInView.class)).isNull();
        assertThat(models.ask(new FindSettings(ada), SettingsView.class)).isNull();
        assertThat(models.ask(new FindSignIn(story.hash("Ada")), SignInView.class))
                .isNull();
        assertThat(models.ask(new FindSignIn(""), SignInView.class)).isNull();
    }
}
