package io.guildhall.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console's session, addresses and first load, in a browser. */
@Tag("e2e")
class ConsoleTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final Pattern VALIDATION = Pattern.compile("/account/validate/[A-Za-z0-9_-]{43}");

    private static GuildhallProcess service;

    private Browser browser;

    @BeforeAll
    static void startService() {
        service = GuildhallProcess.start();
    }

    @AfterAll
    static void stopService() {
        service.close();
    }

    @BeforeEach
    void startBrowser() {
        browser = Browser.start(service.base());
    }

    @AfterEach
    void stopBrowser() {
        browser.close();
    }

    private static String unused() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    /** Signs a new person up, and leaves the address unconfirmed. */
    private String signUp() {
        String email = "ada-" + unused() + "@example.org";
        browser.open("/console/sign-up")
                .fill("name", "Ada")
                .fill("email", email)
                .fill("password", PASSWORD)
                .click("Sign up")
                .awaitText("Welcome, Ada");
        return email;
    }

    private void signIn(String email) {
        browser.fill("email", email).fill("password", PASSWORD).click("Sign in");
    }

    /** The path of the link in the mail that confirms an address. */
    private String validationPath(String email) {
        return browser.await("Expected a mail to " + email, () -> {
            try (Stream<Path> mails = Files.list(service.home().resolve("mail"))) {
                return mails.filter(it -> it.toString().endsWith(".eml"))
                        .map(ConsoleTest::read)
                        .filter(mail -> mail.contains(email))
                        .map(VALIDATION::matcher)
                        .filter(Matcher::find)
                        .map(Matcher::group)
                        .findFirst()
                        .orElse(null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs a new person up, who follows the mailed link. */
    private String member() {
        String email = signUp();
        browser.open(validationPath(email)).click("Confirm my address").awaitText("Your e-mail address is confirmed.");
        return email;
    }

    /** Creates an organization and returns the path of its page. */
    private String organization(String name) {
        browser.open("/").awaitText("Welcome").fill("name", name).click("Create");
        browser.await("Expected the page of " + name, () -> browser.path().endsWith("/members"));
        browser.awaitText("1 member");
        return browser.path();
    }

    private String heading() {
        return browser.find("h1").getText();
    }

    @Test
    void noScriptSeesTheSession() {
        signUp();

        Cookie session = browser.driver().manage().getCookieNamed("guildhall-session");
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(session.getSameSite()).isEqualTo("Lax");
        assertThat(String.valueOf(browser.script(
                        "return document.cookie + JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")))
                .doesNotContain(session.getValue())
                .doesNotContain("glds_");
        assertThat(browser.messages()).isEmpty();
    }

    @Test
    void aNewTabAndAMailedLinkAreSignedIn() {
        String email = signUp();

        browser.newTab();
        browser.open("/").awaitText("Welcome, Ada");
        browser.newTab();
        browser.open(validationPath(email))
                .click("Confirm my address")
                .awaitText("confirmed")
                .click("Go on");
        browser.awaitText("Welcome, Ada");
        assertThat(browser.text()).doesNotContain("A mail with a link");
        assertThat(browser.messages()).isEmpty();
    }

    @Test
    void signingOutEndsTheSessionInAllTabs() {
        signUp();
        String first = browser.driver().getWindowHandle();
        browser.newTab();
        browser.open("/").awaitText("Welcome, Ada").click("Sign out").awaitText("You have signed out.");
        assertThat(browser.driver().manage().getCookieNamed("guildhall-session"))
                .isNull();

        browser.driver().switchTo().window(first);

        browser.find("input[type=password]");
    }

    @Test
    void twoTabsShowTwoOrganizations() {
        member();
        String acme = "acme-" + unused();
        String zeta = "zeta-" + unused();
        String ofAcme = organization(acme);
        String first = browser.driver().getWindowHandle();
        browser.newTab();
        String ofZeta = organization(zeta);
        String second = browser.driver().getWindowHandle();
        assertThat(ofAcme).isNotEqualTo(ofZeta);

        for (int round = 0; round < 2; round++) {
            browser.driver().switchTo().window(first);
            browser.click("Activity").awaitText("Created organization " + acme);
            browser.click("Members").awaitText("1 member");
            assertThat(browser.path()).isEqualTo(ofAcme);
            browser.driver().switchTo().window(second);
            browser.click("Activity").awaitText("Created organization " + zeta);
            assertThat(browser.text()).doesNotContain("Created organization " + acme);
            browser.click("Members").awaitText("1 member");
        }
        browser.driver().navigate().refresh();
        browser.awaitText("1 member");
        assertThat(heading()).isEqualTo(zeta);
        browser.driver().navigate().back();
        browser.awaitText("Created organization " + zeta);
        browser.open("/console/organizations/" + acme + "/settings").awaitText("Identifier");
        assertThat(heading()).isEqualTo(acme);
    }

    @Test
    void aDeepLinkIsShownAfterSigningIn() {
        String email = member();
        String name = "deep-" + unused();
        String path = organization(name).replace("/members", "/tokens");
        browser.click("Sign out").awaitText("You have signed out.");

        browser.open(path);
        signIn(email);

        browser.awaitText("Create an API token");
        assertThat(browser.path()).isEqualTo(path);
        assertThat(browser.driver().getTitle()).isEqualTo("API tokens · " + name + " · Guildhall");
        assertThat(heading()).isEqualTo(name);
    }

    @Test
    void theSwitcherWorksByKeyboard() {
        member();
        String acme = "acme-" + unused();
        String zeta = "zeta-" + unused();
        organization(acme);
        organization(zeta);
        browser.click("Activity").awaitText("Created organization " + zeta);

        browser.find(".switcher summary").sendKeys(Keys.ENTER);
        WebElement entry = browser.find(By.linkText(acme));
        entry.sendKeys(Keys.ENTER);

        browser.awaitText("Created organization " + acme);
        assertThat(heading()).isEqualTo(acme);
        assertThat(browser.path()).endsWith("/activity");
        browser.find(".switcher summary").sendKeys(Keys.ENTER);
        browser.find(".switcher[open] a").sendKeys(Keys.ESCAPE);
        browser.await(
                "Expected a closed menu",
                () -> browser.driver()
                        .findElements(By.cssSelector(".switcher[open]"))
                        .isEmpty());
    }

    @Test
    void anUnknownAddressShowsAPage() {
        browser.open("/nonsense");

        assertThat(heading()).isEqualTo("Page not found");
        browser.click("To the start");
        browser.find("input[type=password]");
    }

    /** Without scripts the page is what a slow connection shows at first. */
    @Test
    void thePageHasContentBeforeItsScriptsArrive() {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of("*.js")));

        browser.open("/");

        assertThat(browser.text()).contains("Guildhall", "Loading…");
    }

    @Test
    void filesComeFromTheCacheTheSecondTime() {
        browser.open("/").find("input[type=password]");
        browser.open("/console/sign-up").find("input[name=name]");

        Object fetched = browser.script("return performance.getEntriesByType('resource')"
                + ".filter(it => it.name.includes('/console/assets/') && it.transferSize > 0).map(it => it.name)");

        assertThat(String.valueOf(fetched)).isEqualTo("[]");
        assertThat(browser.messages()).isEmpty();
    }

    @Test
    void aPhoneShowsTheCurrentTab() {
        member();
        String path = organization("phone-" + unused());
        browser.resize(375, 812);

        for (String tab : Set.of("members", "plan", "settings")) {
            browser.open(path.replace("members", tab));
            WebElement current = browser.find(".tabs [aria-current]");
            Object visible = browser.script(
                    "const box = arguments[0].getBoundingClientRect(); return box.left >= 0 && box.right <= 375",
                    current);
            assertThat(visible).as(tab).isEqualTo(true);
            assertThat(
                            browser.script(
                                    "const page = document.getElementById('page'); return page.scrollWidth <= page.clientWidth"))
                    .as(tab)
                    .isEqualTo(true);
        }
    }

    @Test
    void anUnknownOrganizationIsReportedInWords() {
        member();

        browser.open("/console/organizations/none/members")
                .awaitText("There is no such organization, or you are not a member of it.");
        browser.open("/console/organizations/" + UUID.randomUUID() + "/members")
                .awaitText("There is no such organization, or you are not a member of it.");
    }

    @Test
    void theCommandOfTheProofReadsTheKeyFromTheFile() {
        member();
        organization("proof-" + unused());

        browser.click("Activity").awaitText("--key @guildhall.key");
    }

    /** Another site's form is sent with no cookie, and its script cannot send the header. */
    @Test
    void anotherSiteCannotActWithTheCookie() {
        signUp();

        browser.driver()
                .get("data:text/html,<form method=post action='"
                        + service.base().resolve("/v1/account/session") + "'><button>Go</button></form>");
        browser.click(By.cssSelector("button"));
        browser.await("Expected an answer", () -> browser.text().contains("authentication_error"));
    }

    /** Who signed in by a mailed link has given no password. */
    @Test
    void asksForThePasswordBeforeItDeletesTheUser() {
        String email = signUp();
        service.sql("update sessions set authenticated_at = now() - interval '16 minutes'");
        browser.open("/console/account").awaitText("Sign-ins").click("Delete my account");
        browser.click(By.cssSelector("dialog button.danger"));

        browser.awaitText("Enter your password to delete your account.");
        browser.find("dialog input[type=password]").sendKeys(PASSWORD);
        browser.click("Confirm").awaitText("Your account is deleted.");

        signIn(email);
        browser.awaitText("The e-mail address or the password is wrong.");
    }
}
