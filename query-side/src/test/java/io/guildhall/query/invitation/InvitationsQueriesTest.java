package io.guildhall.query.invitation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.guildhall.domain.invitation.InvitationEvent.InvitationDeclined;
import io.guildhall.domain.invitation.InvitationEvent.InvitationResent;
import io.guildhall.domain.invitation.InvitationEvent.InvitationRevoked;
import io.guildhall.domain.invitation.InvitationEvent.MemberInvited;
import io.guildhall.domain.organization.OrganizationEvent.DeletionStarted;
import io.guildhall.domain.shared.ActorContext;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.query.ReadModels;
import io.guildhall.query.Story;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvitationsQueriesTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration OVER = Duration.ofMillis(1);

    @RegisterExtension
    final ReadModels models = new ReadModels();

    private final Story story = new Story(models);
    private UUID ada;
    private UUID acme;

    @BeforeEach
    void anOrganization() {
        ada = story.person("Ada");
        acme = story.organization("acme", ada);
    }

    private InvitationView find(UUID invitation) {
        return models.ask(new FindInvitation(acme, invitation), InvitationView.class);
    }

    private InvitationPage list(String... statuses) {
        return models.ask(new ListInvitations(acme, List.of(statuses), 10, 0), InvitationPage.class);
    }

    private InvitationPage own(UUID user, String... statuses) {
        return models.ask(new ListOwnInvitations(user, List.of(statuses), 10, 0), InvitationPage.class);
    }

    private InvitationLinkView byLink(UUID link) {
        return models.ask(new FindInvitationByLink(link), InvitationLinkView.class);
    }

    @Test
    void findOne() {
        Instant expires = models.now().plus(WEEK);
        UUID invitation = story.invitation(acme, ada, "Bob", WEEK);

        InvitationView found = find(invitation);

        assertThat(found.email()).isEqualTo("bob@example.org");
        assertThat(found.status()).isEqualTo("PENDING");
        assertThat(found.role()).isEqualTo("OWNER");
        assertThat(found.expiresAt()).isEqualTo(expires);
        assertThat(found.organization().name()).isEqualTo("acme");
        assertThat(found.inviter().name()).isEqualTo("Ada");
        assertThat(found.inviterId()).isEqualTo(ada.toString());
        assertThat(found.invitee()).isNull();
        assertThat(found.inviteeId()).isEmpty();
        assertThat(models.ask(new FindInvitation(UUID.randomUUID(), invitation), InvitationView.class))
                .isNull();
    }

    /** Expiry takes effect before an event records it (R11). */
    @Test
    void listByStatusNewestFirst() {
        UUID bobs = story.invitation(acme, ada, "Bob", WEEK);
        UUID carls = story.invitation(acme, ada, "Carl", OVER);
        UUID doras = story.invitation(acme, ada, "Dora", WEEK);
        models.happened(Story.by(ada), new InvitationRevoked(acme, doras));

        assertThat(list().invitations())
                .extracting(InvitationView::id)
                .containsExactly(carls.toString(), bobs.toString());
        assertThat(list().count()).isEqualTo(2);
        assertThat(list("EXPIRED").invitations()).extracting(InvitationView::id).containsExactly(carls.toString());
        assertThat(list("PENDING", "ACCEPTED").invitations())
                .extracting(InvitationView::id)
                .containsExactly(bobs.toString());
        assertThat(find(doras)).isNull();
        assertThat(models.ask(new ListInvitations(acme, List.of(), 1, 0), InvitationPage.class)
                        .count())
                .isEqualTo(2);
        assertThat(models.ask(new ListExpiredInvitations(10), ExpiredInvitations.class)
                        .invitations())
                .containsExactly(new ExpiredInvitation(acme, carls));
    }

    @Test
    void listTheOpenOnesOfAnAddressUntilItIsErased() {
        UUID bob = story.person("Bob");
        UUID pending = story.invitation(acme, ada, "Bob", WEEK);
        UUID answered = story.invitation(acme, ada, "Bob", WEEK);
        story.invitation(acme, ada, "Carl", WEEK);
        models.happened(Story.by(bob), new InvitationDeclined(acme, answered, bob));

        assertThat(models.ask(new ListOpenInvitations(bob), OpenInvitations.class)
                        .invitations())
                .containsExactly(new OpenInvitation(acme, pending));
        assertThat(models.ask(new ListErasedInvitations(10), OpenInvitations.class)
                        .invitations())
                .isEmpty();

        models.happened(Story.by(bob), new UserErased(bob, story.hash("Bob")));

        assertThat(models.ask(new ListOpenInvitations(bob), OpenInvitations.class)
                        .invitations())
                .isEmpty();
        assertThat(models.ask(new ListErasedInvitations(10), OpenInvitations.class)
                        .invitations())
                .containsExactly(new OpenInvitation(acme, pending));
    }

    /** Expiry is evaluated at the requested moment (R11). */
    @Test
    void listThoseOfAMomentInTheStatesOfThen() {
        UUID bob = story.person("Bob");
        Instant invited = models.now();
        UUID bobs = story.invitation(acme, ada, "Bob", Duration.ofMillis(500));
        Instant resent = models.now();
        models.happened(Story.by(ada), new InvitationResent(acme, bobs, UUID.randomUUID(), resent.plus(WEEK)));
        Instant accepted = models.now();
        story.accepted(acme, bobs, bob);
        Instant revoked = models.now();
        UUID carls = story.invitation(acme, ada, "Carl", WEEK);
        models.happened(Story.by(ada), new InvitationRevoked(acme, carls));

        assertThat(asOf(invited.minusNanos(1_000)).invitations()).isEmpty();
        assertThat(asOf(invited).invitations())
                .extracting(InvitationView::status, InvitationView::expiresAt)
                .containsExactly(tuple("PENDING", invited.plusMillis(500)));
        assertThat(asOf(invited.plusMillis(500), "EXPIRED").count()).isEqualTo(1);
        assertThat(asOf(resent).invitations())
                .extracting(InvitationView::status, InvitationView::expiresAt, InvitationView::inviteeId)
                .containsExactly(tuple("PENDING", resent.plus(WEEK), ""));
        assertThat(asOf(accepted).invitations())
                .extracting(InvitationView::status, InvitationView::expiresAt, InvitationView::inviteeId)
                .containsExactly(tuple("ACCEPTED", resent.plus(WEEK), bob.toString()));
        assertThat(asOf(revoked).invitations())
                .extracting(InvitationView::id)
                .containsExactly(carls.toString(), bobs.toString());
        assertThat(models.ask(new ListInvitationsAsOf(acme, List.of(), revoked, 1, 1), InvitationPage.class))
                .satisfies(page -> {
                    assertThat(page.count()).isEqualTo(2);
                    assertThat(page.invitations())
                            .extracting(InvitationView::email)
                            .containsExactly("bob@example.org");
                });
        assertThat(asOf(models.now()).count()).isEqualTo(1);
        assertThat(models.ask(
                                new ListInvitationsAsOf(UUID.randomUUID(), List.of(), revoked, 10, 0),
                                InvitationPage.class)
                        .count())
                .isZero();
    }

    private InvitationPage asOf(Instant moment, String... statuses) {
        return models.ask(new ListInvitationsAsOf(acme, List.of(statuses), moment, 10, 0), InvitationPage.class);
    }

    /** Invited persons see their invitations before they are members (R14). */
    @Test
    void listThoseToAnAddressAndThoseThatWereAnswered() {
        UUID invitation = story.invitation(acme, ada, "Bob", WEEK);
        UUID bob = story.person("Bob");
        UUID carl = story.person("Carl");
        assertThat(own(bob).invitations()).extracting(InvitationView::id).containsExactly(invitation.toString());
        assertThat(own(carl).invitations()).isEmpty();
        assertThat(own(bob, "ACCEPTED").count()).isZero();

        story.accepted(acme, invitation, bob);

        InvitationView own = models.ask(new FindOwnInvitation(bob, invitation, null), InvitationView.class);
        assertThat(own.status()).isEqualTo("ACCEPTED");
        assertThat(own.invitee().name()).isEqualTo("Bob");
        assertThat(models.ask(new FindOwnInvitation(carl, invitation, null), InvitationView.class))
                .isNull();
    }

    /** The followed link validates its own address only (R2). */
    @Test
    void findOnesOwnByItsLinkBeforeTheAddressIsValidated() {
        UUID link = UUID.randomUUID();
        UUID invitation = story.invitation(acme, ada, "Bob", link, WEEK);
        UUID bob = story.unproven("Bob");
        UUID carl = story.person("Carl");

        assertThat(ownByLink(bob, invitation, link).email()).isEqualTo("bob@example.org");
        assertThat(ownByLink(bob, invitation, UUID.randomUUID())).isNull();
        assertThat(ownByLink(bob, invitation, null)).isNull();
        assertThat(ownByLink(carl, invitation, link)).isNull();
    }

    private InvitationView ownByLink(UUID user, UUID invitation, UUID link) {
        return models.ask(new FindOwnInvitation(user, invitation, link), InvitationView.class);
    }

    /** Deletion keeps answered invitations unchanged and unlisted (R22). */
    @Test
    void areInNoListOnceTheOrganizationIsBeingDeleted() {
        UUID invitation = story.invitation(acme, ada, "Bob", WEEK);
        UUID bob = story.person("Bob");
        story.accepted(acme, invitation, bob);

        models.happened(Story.by(ada), new DeletionStarted(acme));

        assertThat(own(bob).count()).isZero();
        assertThat(find(invitation)).isNull();
    }

    /**
     * Resending renews an invitation and ends its former link (R12); invited persons see their invitations before
     * they are members (R14).
     */
    @Test
    void findByTheCurrentLinkInAnyState() {
        UUID link = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        UUID invitation = story.invitation(acme, ada, "Bob", link, WEEK);
        InvitationLinkView found = byLink(link);
        assertThat(found.organizationName()).isEqualTo("acme");
        assertThat(found.inviterName()).isEqualTo("Ada");
        assertThat(found.emailHash()).isEqualTo(story.hash("Bob"));
        assertThat(found.invitation()).isEqualTo(invitation);

        models.happened(
                Story.by(ada),
                new InvitationResent(acme, invitation, next, models.now().plus(WEEK)));
        assertThat(byLink(link)).isNull();
        assertThat(byLink(next).isPending()).isTrue();

        story.accepted(acme, invitation, story.person("Bob"));
        assertThat(byLink(next).status()).isEqualTo("ACCEPTED");
        UUID expiredInvitation = UUID.randomUUID();
        story.invitation(acme, ada, "Carl", expiredInvitation, OVER);
        assertThat(byLink(expiredInvitation).status()).isEqualTo("EXPIRED");
    }

    @Test
    void nameTheOrganizationWhereItsTokenInvited() {
        UUID invitation = UUID.randomUUID();
        UUID link = UUID.randomUUID();
        models.happened(
                ActorContext.byUser(null, UUID.randomUUID(), null),
                new MemberInvited(
                        acme,
                        invitation,
                        story.seal(invitation, "b@x.org"),
                        "h",
                        null,
                        link,
                        models.now().plus(WEEK),
                        "owner"));

        assertThat(byLink(link).inviterName()).isEqualTo("acme");
        assertThat(find(invitation).inviter()).isNull();
        assertThat(find(invitation).inviterId()).isEmpty();
    }

    /** Personal data is never in an event in clear text, and an erasure destroys its key (R20). */
    @Test
    void haveNoInviterWhoIsErased() {
        UUID bob = story.person("Bob");
        UUID link = UUID.randomUUID();
        UUID invitation = story.invitation(acme, bob, "Carl", link, WEEK);
        story.erased(bob, "Bob");

        assertThat(find(invitation).inviter()).isNull();
        assertThat(byLink(link).inviterName()).isEqualTo("Erased person");
    }
}
