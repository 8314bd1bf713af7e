package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console's cookie: what it opens, what it does not open, and how other sites are kept from using it. */
class BrowserSessionsTest extends AcceptanceTestBase {

    private static final String PROFILE = "/v1/account/profile";
    private static final String LOGIN = "/v1/account/login";
    private static final String ACTIVITIES = "/v1/activities";
    private static final String ORGANIZATION = "Guildhall-Organization";
    private static final String CSRF = "X-XSRF-TOKEN";
    private static final String NOT_A_MEMBER = "User is not a member of the organization";

    /** Replies to the console differ from the published contract: no witness. */
    private final Client anonymous = new Client(client.base(), client.mailbox(), null);

    /** A browser: what it has in its cookies. */
    private record Browser(Client client, @Nullable String session, String csrf) {

        Reply get(String path, String... headers) {
            return client.get(path, with(List.of("Cookie", cookies()), headers));
        }

        /** As the console's scripts do it. */
        Reply post(String path, Object body, String... headers) {
            return client.post(path, body, with(List.of("Cookie", cookies(), CSRF, csrf), headers));
        }

        /** As another site can do it: the browser sends the cookies, but no script can read them. */
        Reply forged(String method, String path, @Nullable Object body, String... headers) {
            return client.send(method, path, body, with(List.of("Cookie", cookies()), headers));
        }

        String cookies() {
            return "guildhall-csrf=" + csrf + (session == null ? "" : "; guildhall-session=" + session);
        }

        private static String[] with(List<String> first, String... headers) {
            return Stream.concat(first.stream(), Stream.of(headers)).toArray(String[]::new);
        }
    }

    /** A browser that has loaded the page. */
    private Browser opened() {
        return new Browser(anonymous, null, cookie(anonymous.get("/").ok(), "guildhall-csrf"));
    }

    private Browser signedIn(TestUser testUser) {
        Browser browser = opened();
        return new Browser(anonymous, cookie(login(browser, testUser).ok(), "guildhall-session"), browser.csrf());
    }

    /** A browser whose cookie holds this token. */
    private Browser holding(String token) {
        return new Browser(anonymous, token, opened().csrf());
    }

    private static Reply login(Browser browser, TestUser testUser, String... headers) {
        List<String> all = new ArrayList<>(List.of("Guildhall-Session", "cookie"));
        all.addAll(List.of(headers));
        return browser.post(LOGIN, credentials(testUser), all.toArray(String[]::new));
    }

    private static Map<String, String> credentials(TestUser testUser) {
        return Map.of("email", testUser.email(), "password", testUser.password());
    }

    private static List<String> cookies(Reply reply) {
        return reply.headers().allValues("Set-Cookie");
    }

    private static String cookie(Reply reply, String name) {
        return cookies(reply).stream()
                .filter(it -> it.startsWith(name + "="))
                .map(it -> it.substring(name.length() + 1, it.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No cookie " + name + " in " + reply.headers()));
    }

    @Test
    void signingInSetsACookieAndShowsNoToken() {
        TestUser ada = client.newcomer();

        Reply reply = login(opened(), ada).ok();

        String token = cookie(reply, "guildhall-session");
        assertThat(reply.body()).doesNotContain(token);
        assertThat(reply.text("user_id")).isEqualTo(ada.id());
        assertThat(cookies(reply))
                .singleElement()
                .satisfies(set -> assertThat(set.split("; "))
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
        assertThat(anonymous.as(token).get(PROFILE).ok().text("user.id")).isEqualTo(ada.id());
    }

    @Test
    void signingInWithoutTheHeaderShowsTheTokenAndSetsNoCookie() {
        Reply reply = anonymous.post(LOGIN, credentials(client.newcomer())).ok();

        assertThat(reply.text("token.id")).startsWith("glds_");
        assertThat(cookies(reply)).isEmpty();
    }

    @Test
    void anotherSiteCannotSignABrowserIn() {
        TestUser mallory = client.newcomer();

        Reply refused = opened().forged("POST", LOGIN, credentials(mallory), "Guildhall-Session", "cookie")
                .refused(403);

        assertThat(refused.text("type")).isEqualTo("/problems/csrf-token-invalid");
        assertThat(cookies(refused)).isEmpty();
    }

    @Test
    void aLostReplyToSigningInIsGivenAgainWithItsCookie() {
        TestUser ada = client.newcomer();
        Browser browser = opened();
        String key = UUID.randomUUID().toString();

        Reply first = login(browser, ada, "Idempotency-Key", key).ok();
        Reply second = login(browser, ada, "Idempotency-Key", key).ok();

        assertThat(second.header("Idempotency-Replayed")).contains("true");
        assertThat(cookies(second)).isEqualTo(cookies(first));
    }

    @Test
    void theCookieSaysWhoCalls() {
        TestUser ada = client.newcomer();
        Browser browser = signedIn(ada);

        assertThat(browser.get(PROFILE).ok().text("user.id")).isEqualTo(ada.id());
        assertThat(browser.get("/console/session").ok().text("user_id")).isEqualTo(ada.id());
        assertThat(opened().get("/console/session").ok().at("user_id").isMissingNode())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE"})
    void anotherSiteCannotUseTheCookie(String method) {
        Browser browser = signedIn(client.newcomer());
        for (String[] headers :
                new String[][] {{}, {CSRF, ""}, {CSRF, UUID.randomUUID().toString()}}) {
            Reply refused = browser.forged(method, "/v1/organizations", Map.of("name", Client.unusedName()), headers)
                    .refused(403);
            assertThat(refused.text("type")).isEqualTo("/problems/csrf-token-invalid");
        }
    }

    @Test
    void noReplyToTheCookieShowsASessionsToken() {
        TestUser ada = client.newcomer();
        String acme = ada.found(Client.unusedName());
        Browser browser = signedIn(ada);

        for (String path : List.of("/v1/account/session", "/v1/organizations/" + acme + "/switch")) {
            Reply reply = browser.post(path, Map.of()).ok();
            assertThat(reply.body()).doesNotContain("glds_");
            assertThat(cookies(reply)).isEmpty();
        }
        assertThat(browser.post(LOGIN, credentials(ada)).ok().body()).doesNotContain("glds_");
    }

    @Test
    void theConsoleCanChangeThings() {
        Browser browser = signedIn(client.newcomer());

        browser.post("/v1/organizations", Map.of("name", Client.unusedName())).ok();
    }

    @Test
    void anAuthorizationHeaderMakesTheCookieIgnored() {
        Browser ada = signedIn(client.newcomer());
        TestUser bob = client.newcomer();
        String bearer = "Bearer " + bob.session();

        assertThat(ada.get(PROFILE, "Authorization", bearer).ok().text("user.id"))
                .isEqualTo(bob.id());
        ada.get(PROFILE, "Authorization", "Bearer nonsense").refused(401);
        ada.get(PROFILE, "Authorization", "Basic YTpi").refused(401);
        ada.forged("POST", "/v1/organizations", Map.of("name", Client.unusedName()), "Authorization", bearer)
                .ok();
        Reply signIn = ada.forged(
                        "POST", LOGIN, credentials(bob), "Authorization", bearer, "Guildhall-Session", "cookie")
                .ok();
        assertThat(cookies(signIn)).isEmpty();
    }

    @Test
    void aHeaderNamesTheOrganizationOfEachRequest() {
        TestUser ada = client.newcomer();
        String acme = ada.found(Client.unusedName());
        String zeta = ada.found(Client.unusedName());
        Browser browser = signedIn(ada);

        for (String organization : List.of(acme, zeta, acme)) {
            Reply shown = browser.get("/v1/account/organization", ORGANIZATION, organization)
                    .ok();
            assertThat(shown.text("organization.id")).isEqualTo(organization);
            browser.get(ACTIVITIES, ORGANIZATION, organization).ok();
        }
        Map<String, String> invitation = Map.of("email", Client.unusedEmail());
        browser.post("/v1/organization_invitations", invitation, ORGANIZATION, zeta)
                .ok();
        assertThat(browser.get("/v1/organization_invitations", ORGANIZATION, zeta)
                        .ok()
                        .texts("invitations", "email"))
                .containsExactly(invitation.get("email"));
        assertThat(browser.get("/v1/organization_invitations", ORGANIZATION, acme)
                        .ok()
                        .texts("invitations", "email"))
                .isEmpty();
    }

    @Test
    void otherOrganizationsAreClosedAndDoNotShowWhetherTheyExist() {
        String foreign = client.newcomer().found(Client.unusedName());
        Browser browser = signedIn(client.newcomer());

        for (String path : List.of(ACTIVITIES, "/v1/account/organization", PROFILE, "/v1/organizations/" + foreign)) {
            Reply hidden = browser.get(path, ORGANIZATION, foreign).refused(403);
            Reply absent = browser.get(path, ORGANIZATION, UUID.randomUUID().toString())
                    .refused(403);
            assertThat(SignInTest.comparable(hidden)).isEqualTo(SignInTest.comparable(absent));
            assertThat(hidden.message()).isEqualTo(NOT_A_MEMBER);
        }
        assertThat(browser.get(ACTIVITIES, ORGANIZATION, "nonsense")
                        .refused(400)
                        .fields())
                .containsExactly(ORGANIZATION);
    }

    @Test
    void theOrganizationHeaderIsOfTheCookieAlone() {
        TestUser ada = client.newcomer();
        String acme = ada.found(Client.unusedName());

        anonymous.as(ada.session()).get(ACTIVITIES, ORGANIZATION, acme).refused(403);
    }

    @Test
    void aRemovedMembersCookieIsRefusedAtOnce() {
        TestUser owner = client.newcomer().creator("starter");
        TestUser bob = client.newcomer();
        TestUser member = owner.welcome(bob);
        Browser browser = signedIn(bob);
        browser.get(ACTIVITIES, ORGANIZATION, owner.organization()).ok();

        owner.remove(member.membership()).ok();

        assertThat(browser.get(ACTIVITIES, ORGANIZATION, owner.organization())
                        .refused(403)
                        .message())
                .isEqualTo(NOT_A_MEMBER);
        browser.get(PROFILE).ok();
    }

    /** A cookie opens no more than the session in it: an access token is bound to its organization. */
    @Test
    void anAccessTokenNamesNoOrganization() {
        TestUser creator = client.newcomer().creator("starter");
        String other = creator.signedInAgain().found(Client.unusedName());
        String made = creator.client()
                .post("/v1/organizations/" + creator.organization() + "/access_token")
                .ok()
                .text("token");

        Browser browser = holding(made);

        browser.get(ACTIVITIES).ok();
        browser.get(ACTIVITIES, ORGANIZATION, other).refused(401);
    }

    @Test
    void aSessionOfAnApiTokenNamesNoOrganization() {
        TestUser creator = client.newcomer().creator("starter");
        String made = anonymous
                .as(creator.token("USER").value())
                .post("/v1/organizations/" + creator.organization() + "/switch")
                .ok()
                .text("token.id");

        holding(made).get(ACTIVITIES, ORGANIZATION, creator.organization()).refused(401);
    }

    @Test
    void neitherApiTokensNorTheOperatorsKeyWorkAsCookies() {
        TestUser creator = client.newcomer().creator("starter");

        holding(creator.token("USER").value()).get(ACTIVITIES).refused(401);
        holding("nonsense").get(PROFILE).refused(401);
        holding(OPERATOR_KEY.replace(" ", "").replace("'", ""))
                .get("/operator/v1/projections")
                .refused(401);
    }

    @Test
    void signingOutEndsTheSessionAndDeletesTheCookie() {
        TestUser ada = client.newcomer();
        Browser browser = signedIn(ada);
        browser.forged("DELETE", "/console/session", null).refused(403);

        Reply out = browser.forged("DELETE", "/console/session", null, CSRF, browser.csrf())
                .ok();

        assertThat(cookies(out))
                .singleElement()
                .satisfies(
                        set -> assertThat(set).startsWith("guildhall-session=;").contains("Max-Age=0"));
        browser.get(PROFILE).refused(401);
        anonymous.as(String.valueOf(browser.session())).get(PROFILE).refused(401);
        browser.forged("DELETE", "/console/session", null, CSRF, browser.csrf()).ok();
    }

    @Test
    void theCookieUsesThePersonsBudget() {
        TestUser ada = client.newcomer();
        Browser browser = signedIn(ada);

        int before = remaining(ada.client().get(PROFILE).ok());

        assertThat(remaining(browser.get(PROFILE).ok())).isEqualTo(before - 1);
    }

    private static int remaining(Reply reply) {
        return Integer.parseInt(reply.header("x-ratelimit-remaining").orElseThrow());
    }
}
