package io.guildhall.api.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.guildhall.api.EndpointSlice;
import io.guildhall.domain.membership.MembershipCommand.LeaveOrganization;
import io.guildhall.domain.membership.MembershipCommand.RemoveMember;
import io.guildhall.domain.membership.MembershipRejections;
import io.guildhall.query.membership.FindMember;
import io.guildhall.query.membership.FindOwnMembership;
import io.guildhall.query.membership.ListMembers;
import io.guildhall.query.membership.MemberPage;
import io.guildhall.query.membership.MemberView;
import io.guildhall.query.membership.MembershipView;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipEndpointTest extends EndpointSlice {

    private static final String ALL = "/v1/organization_members";

    private final UUID membership = UUID.randomUUID();
    private final String one = ALL + "/" + membership;

    private MemberView member() {
        return new MemberView(
                membership.toString(),
                OWN,
                USER.toString(),
                "",
                NOON,
                "OWNER",
                "ACTIVE",
                publicUser(),
                publicOrganization());
    }

    @ParameterizedTest
    @CsvSource({
        "organization_id=x, organization_id",
        "user_id=x, user_id",
        "organization_statuses=GONE, organization_statuses",
        "as_of=yesterday, as_of",
        "as_of=2999-01-01T00:00:00Z, as_of",
        "as_of=2026-01-01T00:00:00Z&user_id=00000000-0000-4000-8000-000000000002, as_of",
        "limit=0, limit",
        "offset=10001, offset"
    })
    void namesWhatIsWrong(String query, String field) throws Exception {
        get(ALL + "?" + query).andExpect(invalid(field));
    }

    @Test
    void knowsNoOtherOrganizationAndNoneOfItsMembers() throws Exception {
        get(ALL + "?organization_id=" + FOREIGN).andExpect(problem(404, "no-such-organization"));
        call("DELETE", ALL + "/no-id", "[").andExpect(invalid("id"));

        reject(MembershipRejections.NO_SUCH_MEMBERSHIP);
        call("DELETE", ALL + "/" + FOREIGN, "[").andExpect(problem(404, "not-found"));
    }

    @ParameterizedTest
    @CsvSource({
        "NOBODY, GET, 401, unauthenticated",
        "SCOPED_TOKEN, GET, 403, insufficient-scope",
        "FORMER_MEMBER, GET, 403, not-a-member",
        "NOBODY, DELETE, 401, unauthenticated",
        "SCOPED_TOKEN, DELETE, 403, insufficient-scope",
        "FORMER_MEMBER, DELETE, 403, not-a-member"
    })
    void rejectsCallersWithoutThePermission(By caller, String method, int status, String type) throws Exception {
        call(caller, method, method.equals("GET") ? ALL : one, null).andExpect(problem(status, type));

        nothingSent();
    }

    @Test
    void listsTheMembersOfTheCurrentOrganization() throws Exception {
        answer(new ListMembers(ORGANIZATION, null, List.of(), NOON, 1, 2), new MemberPage(List.of(member()), 1, 2, 3));

        get(ALL + "?as_of=2026-01-31T12:00:00Z&limit=1&offset=2")
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.members[0].id").value(membership.toString()))
                .andExpect(jsonPath("$.members[0].role").value("OWNER"))
                .andExpect(jsonPath("$.members[0].user.name").value("Ada"))
                .andExpect(jsonPath("$.members[0].organization.name").value("acme"))
                .andExpect(jsonPath("$.count").value(3));
    }

    @Test
    void listsThePersonsMembershipsOfAllOrganizations() throws Exception {
        answer(
                new ListMembers(null, USER, List.of("ACTIVE"), null, 20, 0),
                new MemberPage(List.of(member()), 20, 0, 1));

        get(ALL + "?user_id=" + USER + "&organization_statuses=ACTIVE").andExpect(status().isOk());
    }

    @Test
    void removesAMember() throws Exception {
        answer(new FindMember(ORGANIZATION, membership), member());

        call("DELETE", one, null)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.member.id").value(membership.toString()));

        assertThat(sent(RemoveMember.class)).isEqualTo(new RemoveMember(ORGANIZATION, membership));
    }

    @Test
    void leavesWhicheverOrganizationTheOwnMembershipIsOf() throws Exception {
        UUID other = UUID.fromString(FOREIGN);
        answer(new FindOwnMembership(USER, membership), new MembershipView(other, membership, USER));
        answer(new FindMember(other, membership), member());

        call("DELETE", one, null).andExpect(status().isOk());

        assertThat(sent(LeaveOrganization.class)).isEqualTo(new LeaveOrganization(other, membership));
    }

    @Test
    void passesOnWhyTheDomainRejects() throws Exception {
        reject(MembershipRejections.LAST_MEMBER);

        call("DELETE", one, null)
                .andExpect(problem(400, "last-member"))
                .andExpect(jsonPath("$.code").value("failed_precondition"));
    }
}
