package io.guildhall.query.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.invitation.InvitationEvent;
import io.guildhall.domain.membership.MembershipEvent;
import io.guildhall.domain.organization.OrganizationEvent;
import io.guildhall.domain.session.SessionEvent;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.token.TokenEvent;
import io.guildhall.domain.user.UserEvent;
import io.guildhall.domain.webhook.WebhookEvent;
import io.guildhall.query.ReadModels;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every event is one activity of its trail (R19). */
class ActivitiesProjectionTest {

    private static final String SECRET = "SECRET";

    @RegisterExtension
    final ReadModels models = new ReadModels(ActivitiesProjection.NAME);

    private final UUID organization = UUID.randomUUID();
    private final UUID user = UUID.randomUUID();

    @Test
    void hasOneRowForEveryEventOfAnOrganizationInOrder() throws Exception {
        hasOneRowForEach(
                organization,
                OrganizationEvent.class,
                InvitationEvent.class,
                MembershipEvent.class,
                TokenEvent.class,
                WebhookEvent.class);
        assertThat(models.sql()
                        .sql("select distinct object_type from activities")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrderElementsOf(ActivityTypes.OF_ORGANIZATIONS);
    }

    @Test
    void hasOneRowForEveryEventOfAnUserInOrder() throws Exception {
        hasOneRowForEach(user, UserEvent.class, SessionEvent.class);
    }

    @Test
    void holdsNothingThatIsSealedAndNoHash() throws Exception {
        for (Object event : samples(
                OrganizationEvent.class,
                InvitationEvent.class,
                MembershipEvent.class,
                TokenEvent.class,
                WebhookEvent.class,
                UserEvent.class,
                SessionEvent.class)) {
            models.happened(ActorContext.bySystem(), event);
        }

        assertThat(models.rows().get("activities").toString()).doesNotContain(SECRET);
    }

    /** Verifiers compare activities with this description. */
    @Test
    void isSaidOfEveryEventThatHasARow() throws Exception {
        assertThat(samples(
                        OrganizationEvent.class,
                        InvitationEvent.class,
                        MembershipEvent.class,
                        TokenEvent.class,
                        WebhookEvent.class,
                        UserEvent.class,
                        SessionEvent.class))
                .allSatisfy(event -> assertThat(ActivityDescription.of(event, ActorContext.bySystem()))
                        .isNotNull());
    }

    private void hasOneRowForEach(UUID trail, Class<?>... families) throws Exception {
        List<Object> events = samples(families);

        models.happened(ActorContext.byUser(user, null, null), events.toArray());
        models.hearEverythingTwiceMore();

        assertThat(models.sql()
                        .sql("select sequence from activities where trail = ? order by sequence")
                        .param(trail)
                        .query(Long.class)
                        .list())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
    }

    private List<Object> samples(Class<?>... families) throws Exception {
        List<Object> samples = new ArrayList<>();
        for (Class<?> family : families) {
            for (Class<?> event : family.getPermittedSubclasses()) {
                samples.add(sample(event));
            }
        }
        return samples;
    }

    private Object sample(Class<?> event) throws Exception {
        RecordComponent[] components = event.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = event.getDeclaredConstructor(types);
        return constructor.newInstance(
                Arrays.stream(components).map(this::sampleOf).toArray());
    }

    private Object sampleOf(RecordComponent component) {
        String name = component.getName();
        if (component.getType() == UUID.class) {
            return name.equals("organization") ? organization : name.equals("user") ? user : UUID.randomUUID();
        }
        if (component.getType() == Instant.class) {
            return Instant.EPOCH;
        }
        if (component.getType() == String.class) {
            return name.startsWith("encrypted") || name.endsWith("Hash") ? SECRET : "X";
        }
        if (component.getType() == List.class) {
            return List.of("X");
        }
        return component.getType() == int.class ? (Object) 7 : (Object) true;
    }
}
