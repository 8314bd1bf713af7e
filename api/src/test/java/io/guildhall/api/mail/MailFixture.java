package io.guildhall.api.mail;

import static org.mockito.Mockito.mock;

import io.guildhall.domain.shared.ActorContext;
import io.guildhall.infrastructure.encryption.SignedLinkCodec;
import io.guildhall.infrastructure.outbox.mail.MailContent;
import io.guildhall.infrastructure.outbox.mail.MailOutboxWorker;
import io.guildhall.infrastructure.outbox.mail.OutboxEntry;
import io.guildhall.infrastructure.projection.ProjectionWriter;
import io.guildhall.query.invitation.FindInvitationByLink;
import io.guildhall.query.invitation.InvitationLinkView;
import io.guildhall.query.membership.FindMembership;
import io.guildhall.query.membership.MembershipView;
import io.guildhall.query.organization.FindOrganization;
import io.guildhall.query.organization.OrganizationView;
import io.guildhall.query.user.FindUser;
import io.guildhall.query.user.PublicUrl;
import io.guildhall.query.user.UserView;
import io.guildhall.testing.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.AnnotationEventHandlerAdapter;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.queryhandling.annotation.AnnotationQueryHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The mails that events cause, and what they say, with a database of its own. */
class MailFixture {

    static final Instant TOMORROW =
            Instant.now().plus(Duration.ofDays(1)).truncatedTo(java.time.temporal.ChronoUnit.MICROS);

    final JdbcTemplate jdbc = new JdbcTemplate(TestDatabase.migrated().dataSource());
    final SignedLinkCodec links = new SignedLinkCodec(purpose -> new byte[32]);
    final Map<UUID, UserView> users = new ConcurrentHashMap<>();
    final Map<UUID, InvitationLinkView> invitations = new ConcurrentHashMap<>();

    private final MailComposer mailComposer = new MailComposer(
            queries(),
            links,
            new PublicUrl(URI.create("https://guildhall.example")),
            new Templates(),
            mock(NoticeLimit.class),
            Clock.systemUTC());

    /** What each mail of the outbox says, oldest first; null for one that is no longer worth sending. */
    List<@Nullable MailContent> composed() {
        return jdbc.query(
                "select * from mails where outcome is null order by created_at",
                (row, n) -> mailComposer.compose(new OutboxEntry(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getObject("recipient", UUID.class),
                        row.getObject("organization", UUID.class),
                        row.getString("organization_name"),
                        row.getObject("actor", UUID.class),
                        row.getObject("link", UUID.class),
                        row.getTimestamp("link_expires_at") == null
                                ? null
                                : row.getTimestamp("link_expires_at").toInstant(),
                        row.getTimestamp("created_at").toInstant(),
                        row.getTimestamp("tried_since").toInstant(),
                        1)));
    }

    /** The event is stored and told, as it is in the transaction of a command. */
    EventMessage<Object> happens(Object event, ActorContext actor) {
        EventMessage<Object> message = GenericEventMessage.asEventMessage(event).andMetaData(actor.toMetaData());
        deliver(message);
        return message;
    }

    EventMessage<Object> happens(Object event) {
        return happens(event, ActorContext.byUser(null, null, null));
    }

    void deliver(EventMessage<Object> message) {
        var reactions = new AnnotationEventHandlerAdapter(
                new MailEventHandler(new ProjectionWriter(jdbc), mock(MailOutboxWorker.class)));
        var work = DefaultUnitOfWork.startAndGet(message);
        work.execute(() -> {
            try {
                reactions.handle(message);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    UUID person(String name, String email, boolean validated) {
        UUID user = UUID.randomUUID();
        users.put(
                user,
                new UserView(
                        user.toString(),
                        email,
                        name,
                        "",
                        false,
                        null,
                        null,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        false,
                        "",
                        "",
                        List.of(),
                        validated,
                        false,
                        null));
        return user;
    }

    /** In the read model. */
    void erased(UUID user) {
        jdbc.update("""
                insert into users (user_id, name, email, email_hash, created, updated, erased)
                values (?, '', '', '', now(), now(), true)
                """, user);
    }

    /** In the read model: the user with the invited address was erased. */
    void erasedInvitation(UUID organization, UUID invitation, UUID link) {
        jdbc.update("""
                insert into invitations (invitation, organization, email, email_hash, link, status, expires_at, created)
                values (?, ?, '', 'hash', ?, 'REVOKED', now(), now())
                """, invitation, organization, link);
    }

    UUID organization(String name, UUID... members) {
        UUID organization = UUID.randomUUID();
        jdbc.update("""
                insert into organizations (organization, name, plan, plan_updated, status, deactivation_reason, created)
                values (?, ?, 'hobby', now(), 'ACTIVE', 'INVALID', now())
                """, organization, name);
        for (UUID member : members) {
            jdbc.update(
                    "insert into members (membership, organization, user_id, joined) values (?, ?, ?, now())",
                    UUID.randomUUID(),
                    organization,
                    member);
        }
        return organization;
    }

    UUID membership(UUID organization, UUID user) {
        return jdbc.queryForObject(
                "select membership from members where organization = ? and user_id = ?",
                UUID.class,
                organization,
                user);
    }

    /** Current under this link. */
    UUID invitation(UUID organization, String organizationName, String inviter, String email, UUID link) {
        UUID invitation = UUID.randomUUID();
        invitations.put(
                link,
                new InvitationLinkView(
                        organization, invitation, "PENDING", organizationName, inviter, email, "hash", TOMORROW));
        return invitation;
    }

    List<String> outcomes() {
        return jdbc.queryForList("select coalesce(outcome, 'WAITING') from mails order by created_at", String.class);
    }

    private QueryGateway queries() {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        new AnnotationQueryHandlerAdapter<>(new Answers()).subscribe(bus);
        return DefaultQueryGateway.builder().queryBus(bus).build();
    }

    @SuppressWarnings("unused")
    class Answers {

        @QueryHandler
        @Nullable UserView handle(FindUser query) {
            return users.get(query.user());
        }

        @QueryHandler
        @Nullable InvitationLinkView handle(FindInvitationByLink query) {
            return invitations.get(query.link());
        }

        @QueryHandler
        @Nullable OrganizationView handle(FindOrganization query) {
            return jdbc
                    .query(
                            "select name, shown_status from organizations where organization = ?",
                            (row, n) -> new OrganizationView(
                                    query.organization().toString(),
                                    "",
                                    row.getString(1),
                                    "hobby",
                                    Instant.EPOCH,
                                    row.getString(2),
                                    "VALID",
                                    "INVALID",
                                    true,
                                    false,
                                    false,
                                    "",
                                    "",
                                    "",
                                    null,
                                    false,
                                    List.of(),
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    "",
                                    false,
                                    "",
                                    null),
                            query.organization())
                    .stream()
                    .findFirst()
                    .orElse(null);
        }

        @QueryHandler
        @Nullable MembershipView handle(FindMembership query) {
            return jdbc
                    .query(
                            "select membership from members where organization = ? and user_id = ? and ended is null",
                            (row, n) -> new MembershipView(
                                    query.organization(), row.getObject(1, UUID.class), query.user()),
                            query.organization(),
                            query.user())
                    .stream()
                    .findFirst()
                    .orElse(null);
        }
    }
}
