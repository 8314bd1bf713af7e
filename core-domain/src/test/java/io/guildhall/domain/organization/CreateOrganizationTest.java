package io.guildhall.domain.organization;

import static io.guildhall.domain.Facts.*;
import static io.guildhall.domain.TransparentPersonalData.hashed;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.Decisions;
import io.guildhall.domain.membership.MembershipEvent.MemberJoined;
import io.guildhall.domain.organization.NameClaimEvent.NameClaimed;
import io.guildhall.domain.organization.NameClaimEvent.NameReleased;
import io.guildhall.domain.organization.OrganizationCommand.CreateOrganization;
import io.guildhall.domain.organization.OrganizationEvent.OrganizationCreated;
import io.guildhall.domain.user.SupportContact;
import io.guildhall.domain.user.UserEvent.MembershipLimitRaised;
import io.guildhall.domain.user.UserEvent.OrganizationJoined;
import io.guildhall.domain.user.UserEvent.OrganizationLeft;
import io.guildhall.domain.user.UserEvent.UserErased;
import io.guildhall.domain.user.UserRejections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * An e-mail address counts as validated once its mailed link was followed (R2); an organization's name is unique
 * (R4); the user who creates an organization is its first member (R5); a user is a member of at most five
 * organizations (R6); a plan with a price needs billing information (R8).
 */
class CreateOrganizationTest {

    private static final UUID SEAT = id("the first membership");

    private final Decisions decisions = new Decisions().given(validatedUser(BOB, "bob@example.com"));

    @Test
    void makesTheCreatorTheFirstMemberOnTheInitialPlanWithoutBillingInformation() {
        decisions.when(found("globex")).expectEvents(globexFounded());
    }

    @Test
    void needsAValidatedAddress() {
        new Decisions()
                .given(user(BOB, "bob@example.com"))
                .when(found("globex"))
                .expectRejection(UserRejections.EMAIL_NOT_VALIDATED);
    }

    @Test
    void refusesANameThatIsTaken() {
        decisions.given(acme("hobby")).when(found("acme")).expectRejection(OrganizationRejections.NAME_TAKEN);
    }

    @Test
    void takesANameThatWasReleased() {
        decisions
                .given(new NameClaimed("globex", ACME), new NameReleased("globex", ACME))
                .when(found("globex"))
                .expectEvents(globexFounded());
    }

    @Test
    void refusesWhatIsNoName() {
        decisions.when(found("Globex")).expectRejection(OrganizationRejections.NAME_MALFORMED);
    }

    @Test
    void makesAFifthMembership() {
        decisions.given(memberships(4)).when(found("globex")).expectEvents(globexFounded());
    }

    @Test
    void refusesASixthMembership() {
        decisions
                .given(memberships(5))
                .when(found("globex"))
                .expectRejection(UserRejections.membershipLimitReached(5, CONTACT.value()));
    }

    @Test
    void namesTheContactOfTheOperatorInTheRefusalOfASixthMembership() {
        assertThat(UserRejections.membershipLimitReached(5, "help@example.org").message())
                .endsWith("Leave one first, or ask the operator (help@example.org) to raise the limit.");
        assertThat(UserRejections.membershipLimitReached(5, new SupportContact(" ").value())
                        .message())
                .endsWith("Leave one first, or ask the operator to raise the limit.");
    }

    @Test
    void countsOnlyTheOrganizationsOfNow() {
        decisions
                .given(memberships(5), new OrganizationLeft(BOB, id("organization 3")))
                .when(found("globex"))
                .expectEvents(globexFounded());
    }

    @Test
    void knowsThatTheLimitWasRaised() {
        decisions
                .given(memberships(6), new MembershipLimitRaised(BOB, 7))
                .when(found("globex"))
                .expectEvents(globexFounded());
        decisions
                .when(new CreateOrganization(id("another"), "another", BOB, id("another seat")))
                .expectRejection(UserRejections.membershipLimitReached(7, CONTACT.value()));
    }

    @Test
    void refusesAnErasedUser() {
        decisions
                .given(new UserErased(BOB, hashed("bob@example.com")))
                .when(found("globex"))
                .expectRejection(UserRejections.NO_SUCH_USER);
    }

    private static CreateOrganization found(String name) {
        return new CreateOrganization(GLOBEX, name, BOB, SEAT);
    }

    private static List<Object> globexFounded() {
        return List.of(
                new OrganizationCreated(GLOBEX, "globex", "startup", BOB),
                new MemberJoined(GLOBEX, SEAT, BOB, "owner"),
                new OrganizationJoined(BOB, GLOBEX),
                new NameClaimed("globex", GLOBEX));
    }

    private static List<OrganizationJoined> memberships(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new OrganizationJoined(BOB, id("organization " + number)))
                .toList();
    }
}
