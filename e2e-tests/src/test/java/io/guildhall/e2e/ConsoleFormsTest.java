package io.guildhall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.Select;

/** The console's forms, confirmations, messages and development inbox, in a browser. */
@Tag("e2e")
class ConsoleFormsTest {

    private static final String PASSWORD = "correct horse battery staple";

    private static GuildhallProcess service;

    private Browser browser;

    @BeforeAll
    static void startService() {
        service = GuildhallProcess.start(
                "--guildhall.plans.workshop.seats=2",
                "--guildhall.throttle.invitation-resend=1/10m",
                "--guildhall.throttle.sign-up-per-address=1000/1m");
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

    private static String unused(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private String signUp(String name) {
        String email = unused("person") + "@example.org";
        browser.open("/console/sign-up");
        enter(name, email);
        browser.click("Sign up").awaitText("Welcome, " + name);
        return email;
    }

    private void enter(String name, String email) {
        browser.fill("name", name).fill("email", email).fill("password", PASSWORD);
    }

    /** Opens the newest mail to an address in the inbox, and follows its link. */
    private void followMail(String email) {
        browser.open("/console/inbox");
        String row = "//tr[td[normalize-space()='" + email + "']]//a";
        browser.await("Expected a mail to " + email, () -> {
            if (browser.driver().findElements(By.xpath(row)).isEmpty()) {
                browser.click("Look again");
                return null;
            }
            return true;
        });
        browser.await("Expected to open the mail", () -> {
            browser.click(By.xpath(row));
            return true;
        });
        browser.click("Open the link");
    }

    /** Signs somebody up who confirms the address and creates an organization. Returns the path of the organization. */
    private String organization() {
        followMail(signUp("Ada"));
        browser.click("Confirm my address").awaitText("Your e-mail address is confirmed.");
        return create();
    }

    private String create() {
        browser.open("/").awaitText("Welcome").fill("name", unused("acme")).click("Create");
        browser.awaitText("1 member");
        return browser.path().replaceFirst("/[^/]*$", "");
    }

    private void tab(String name) {
        browser.click(By.xpath("//nav[@class='tabs']/a[.='" + name + "']"));
        browser.await(
                "Expected the tab " + name,
                () -> browser.find(".tabs [aria-current]").getText().equals(name)
                        && browser.driver()
                                .findElements(By.cssSelector("main[aria-busy]"))
                                .isEmpty());
    }

    private void invite(String email) {
        tab("Invitations");
        browser.fill("email", email).click("Invite").awaitText(email);
        browser.await(
                "Expected the invitation", () -> browser.find(By.xpath("//td[normalize-space()='" + email + "']")));
    }

    private WebElement button(String text) {
        return browser.find(By.xpath("//button[normalize-space()='" + text + "']"));
    }

    private String focused() {
        return browser.driver().switchTo().activeElement().getText();
    }

    @Test
    void theInboxLeadsThroughSignUpInvitationAndPasswordReset() {
        String ada = signUp("Ada");
        browser.click("Open the development inbox").awaitText("Confirm your e-mail address");
        followMail(ada);
        browser.click("Confirm my address").awaitText("Your e-mail address is confirmed.");
        create();
        String bob = unused("bob") + "@example.org";
        invite(bob);
        browser.find(By.linkText("Open the development inbox"));
        browser.click("Sign out").awaitText("You have signed out.");

        followMail(bob);
        browser.awaitText("You are invited to");
        enter("Bob", bob);
        browser.click("Sign up").awaitText("You are signed in as Bob");
        browser.click("Accept").awaitText("You are now a member of").awaitText("2 members");
        browser.click("Sign out");
        browser.open("/console/forgot-password").fill("email", ada).click("Mail me a link");
        browser.find(By.linkText("Open the development inbox"));
        browser.await("Expected the mail", () -> {
            browser.open("/console/inbox");
            return browser.text().contains("Choose a new password");
        });
        browser.click(By.partialLinkText("Choose a new password"));
        browser.click("Open the link").awaitText("Set the new password");
    }

    @Test
    void aNumberOfDaysArrivesOrIsReported() {
        organization();
        tab("Settings");

        browser.fill("days", "30 days").click("Save");
        browser.await("Expected a question", () -> browser.find("dialog"));
        browser.click(By.cssSelector("dialog .danger"));
        browser.awaitText("Activities are shown for 30 days.");
        browser.driver().navigate().refresh();
        assertThat(browser.find("[name=days]").getDomProperty("value")).isEqualTo("30");

        browser.fill("days", "1").click("Save");
        browser.click(By.cssSelector("dialog .danger"));
        browser.awaitText("Activities are shown for 1 day.");

        for (String wrong : List.of("0", "1.5", "-3", "99999", "1e")) {
            browser.fill("days", wrong).click("Save");
            browser.awaitText("Enter a whole number from 1 to 36,500");
        }
    }

    @Test
    void aDateThatIsNotCompleteIsReported() {
        organization();
        tab("API tokens");

        browser.fill("name", "deploy");
        browser.find("[name=expires_at]").sendKeys("0101");
        browser.click("Create").awaitText("Enter the date and the time");

        assertThat(browser.text()).contains("No API tokens.");
    }

    @Test
    void everySecretStaysUntilItIsPutAway() {
        organization();
        tab("Webhooks");
        browser.fill("url", "https://one.example.com/")
                .click("Create")
                .awaitText("The secret of https://one.example.com/.");
        browser.fill("url", "https://two.example.com/")
                .click("Create")
                .awaitText("The secret of https://two.example.com/.");
        assertThat(secrets()).hasSize(2).doesNotHaveDuplicates();
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(2);

        browser.click("Disable").awaitText("disabled");
        tab("Members");
        tab("Webhooks");
        assertThat(secrets()).hasSize(2);
        browser.click("I have it");
        assertThat(secrets()).hasSize(1);

        tab("API tokens");
        browser.fill("name", "first").click("Create").awaitText("The value of first.");
        browser.fill("name", "second").click("Create").awaitText("The value of second.");
        assertThat(secrets()).hasSize(2).doesNotHaveDuplicates();
        browser.click("Sign out").awaitText("You have signed out.");
        assertThat(secrets()).isEmpty();
    }

    private List<String> secrets() {
        return browser.driver().findElements(By.cssSelector(".secret input")).stream()
                .map(input -> input.getDomProperty("value"))
                .toList();
    }

    @Test
    void enterAloneConfirmsNothing() {
        organization();
        invite(unused("bob") + "@example.org");

        button("Revoke").sendKeys(Keys.ENTER);
        browser.find("dialog");
        assertThat(focused()).isEqualTo("Cancel");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        browser.await(
                "Expected no dialog",
                () -> browser.driver().findElements(By.cssSelector("dialog")).isEmpty());
        button("Revoke");
        assertThat(browser.text()).contains("pending");

        button("Revoke").sendKeys(Keys.ENTER);
        browser.find("dialog").sendKeys(Keys.ESCAPE);
        browser.await(
                "Expected no dialog",
                () -> browser.driver().findElements(By.cssSelector("dialog")).isEmpty());
        assertThat(browser.text()).contains("pending");

        button("Revoke").click();
        browser.click(By.cssSelector("dialog .danger"));
        browser.awaitText("No invitations.");
    }

    @Test
    void deactivatingWithoutAMailAsksFirst() {
        String path = organization();
        tab("Settings");
        browser.click(By.cssSelector("[name=skip_confirmation]"));
        browser.find("[name=skip_confirmation]").sendKeys(Keys.ENTER);
        browser.awaitText("are deleted.");
        assertThat(focused()).isEqualTo("Cancel");
        browser.click(By.cssSelector("dialog button.quiet"));

        browser.open(path + "/settings").awaitText("Deactivate");
        assertThat(browser.text()).doesNotContain("Reactivate");
    }

    @Test
    void aFormIsSentOnce() {
        organization();
        tab("API tokens");
        browser.fill("name", "deploy");
        browser.script("const form = document.querySelector('form'); form.requestSubmit(); form.requestSubmit();"
                + "form.dispatchEvent(new Event('submit', { cancelable: true }));");
        browser.awaitText("The value of deploy.");
        browser.driver().navigate().refresh();
        browser.await(
                "Expected the list",
                () -> browser.driver().findElements(By.cssSelector("tbody tr")).size() > 0);
        assertThat(browser.driver().findElements(By.cssSelector("tbody tr"))).hasSize(1);
    }

    @Test
    void messagesAreForPeople() {
        organization();
        tab("API tokens");
        browser.fill("name", "x").click("Create").awaitText("Name must have 2 to 128 characters");
        tab("Webhooks");
        new Select(browser.find("[name=types]")).selectByVisibleText("Invitations");
        browser.fill("url", "https://receiver.example.com/").click("Create").awaitText("Keep it now");
        browser.find(By.xpath("//td[.='invitation']"));
        browser.click("https://receiver.example.com/").click("Send a test").awaitText("webhook test");
        tab("Activity");
        browser.fill("q", "foo:bar").click("Search").awaitText("Search, from character 1");
        tab("Plan and billing");
        new Select(browser.find("[name=plan]")).selectByValue("pro");
        browser.click("Change the plan").awaitText("Enter the billing information");
        assertThat(browser.text()).contains("Missing: billing name, billing e-mail address, address, city, country.");
        assertThat(browser.text()).doesNotContainPattern("\\b[a-z]+_[a-z]+\\b");
    }

    @Test
    void thePlansAreThoseOfTheServer() {
        organization();
        tab("Plan and billing");

        List<String> plans = new Select(browser.find("[name=plan]"))
                .getOptions().stream().map(WebElement::getText).toList();
        assertThat(plans).contains("hobby: 1 seat", "workshop: 2 seats", "starter: 3 seats (the present plan)");
        assertThat(browser.find("[name=plan] option[value=starter]").isEnabled())
                .isFalse();
        browser.click("Change the plan").awaitText("Choose one.");
        new Select(browser.find("[name=plan]")).selectByValue("workshop");
        browser.click("Change the plan").awaitText("It has 2 seats instead of 3.");
        browser.click(By.cssSelector("dialog .danger"));
        browser.awaitText("The plan is now workshop.");
        browser.awaitText("1 of 2 seats in use.");
    }

    @Test
    void theRefusalOfAPlanNamesWhatTheBillingInformationLacks() {
        organization();
        tab("Plan and billing");
        assertThat(browser.driver().findElements(By.cssSelector("[aria-required=true]")))
                .extracting(field -> field.getDomAttribute("name"))
                .containsExactly("billing_name", "billing_email", "address1", "city", "country");

        browser.fill("billing_email", "nobody").click("Save").awaitText("E-mail must be an e-mail address");
        browser.fill("billing_name", "Acme")
                .fill("billing_email", "bills@example.com")
                .fill("address1", "1 Road")
                .click("Save")
                .awaitText("Saved. A plan with a price also needs: city, country.");
        browser.await(
                "Expected the saved value",
                () -> "Acme".equals(browser.find("[name=billing_name]").getDomProperty("value"))
                        && browser.driver()
                                .findElements(By.cssSelector("main[aria-busy]"))
                                .isEmpty());
        new Select(browser.find("[name=plan]")).selectByValue("pro");
        browser.click("Change the plan").awaitText("Missing: city, country.");
    }

    @Test
    void emptyRequiredFieldsAreAllMarked() {
        browser.open("/console/sign-up").click("Sign up").awaitText("This field cannot be empty.");

        assertThat(browser.driver().findElements(By.cssSelector("[aria-invalid=true]")))
                .hasSize(3);
    }

    @Test
    void aClosedDialogReturnsTheFocus() {
        organization();
        invite(unused("bob") + "@example.org");

        button("Revoke").sendKeys(Keys.ENTER);
        browser.find("dialog button.quiet").sendKeys(Keys.ENTER);
        browser.await("Expected the focus on the button", () -> focused().equals("Revoke"));

        button("Revoke").sendKeys(Keys.ENTER);
        browser.find("dialog .danger").sendKeys(Keys.ENTER);
        browser.awaitText("No invitations.");
        browser.await(
                "Expected the focus on the heading",
                () -> browser.driver().switchTo().activeElement().getTagName().equals("h1"));
    }

    @Test
    void aNoticeEndsWithTheNextActionAndCoversNothing() {
        organization();
        invite(unused("bob") + "@example.org");
        browser.awaitText("An invitation is on its way");
        assertThat(browser.script("const top = document.querySelector('#said > p').getBoundingClientRect().top;"
                        + "return document.getElementById('page').getBoundingClientRect().bottom <= top"))
                .isEqualTo(true);

        button("Revoke").click();
        browser.find("dialog");

        assertThat(browser.text()).doesNotContain("An invitation is on its way");
    }

    @Test
    void theFilterButtonsStandTogether() {
        organization();
        tab("Invitations");
        List<WebElement> buttons = browser.driver().findElements(By.cssSelector(".filter button"));
        for (int i = 1; i < buttons.size(); i++) {
            var before = buttons.get(i - 1).getRect();
            assertThat(buttons.get(i).getRect().x - before.x - before.width).isBetween(4, 16);
        }
    }

    @Test
    void aRefusalLeadsToThePlaceThatHelps() {
        signUp("Ada");
        browser.fill("name", unused("acme")).click("Create");
        browser.click(By.linkText("Get another mail"));
        browser.click("Send it again").awaitText("The mail is on its way.");
        browser.click("Sign out").awaitText("You have signed out.");

        organization();
        browser.click("Leave");
        browser.click(By.cssSelector("dialog .danger"));
        browser.awaitText("You are the last member");
        browser.click("Go to the settings");
        browser.awaitText("Identifier");
        assertThat(browser.path()).endsWith("/settings");
        assertThat(browser.text()).doesNotContain("You are the last member");

        invite(unused("bob") + "@example.org");
        invite(unused("cid") + "@example.org");
        browser.fill("email", unused("dan") + "@example.org").click("Invite");
        browser.click("Choose another plan").awaitText("3 of 3 seats in use");
        new Select(browser.find("[name=plan]")).selectByValue("pro");
        browser.click("Change the plan").click("Enter the billing information");
        assertThat(focused()).contains("Billing information");
        new Select(browser.find("[name=plan]")).selectByValue("workshop");
        browser.click("Change the plan");
        browser.click(By.cssSelector("dialog .danger"));
        browser.click("Remove members").awaitText("1 member");

        for (int n = 2; n <= 5; n++) {
            create();
        }
        browser.open("/").awaitText("Welcome").fill("name", unused("acme")).click("Create");
        browser.find(By.linkText("Show my organizations"));
    }

    @Test
    void tooManyRequestsSayWhenToTryAgain() {
        organization();
        invite(unused("bob") + "@example.org");
        browser.click("Send again").awaitText("A new link is on its way");
        browser.click("Send again").awaitText("Too many requests. Try again in ");
        assertThat(browser.text()).containsPattern("Try again in \\d+ (minutes?|seconds?), at \\d");
    }

    @Test
    void aLostConnectionCanBeTriedAgain() {
        organization();
        offline(true);
        browser.click(By.xpath("//nav[@class='tabs']/a[.='Invitations']"));
        browser.awaitText("The server cannot be reached.");
        offline(false);
        browser.click("Try again").awaitText("Invite somebody");

        offline(true);
        browser.fill("email", "bob@example.org").click("Invite").awaitText("The server cannot be reached.");
        offline(false);
        browser.click("Invite").awaitText("An invitation is on its way to bob@example.org.");
    }

    private void offline(boolean offline) {
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        browser.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    @Test
    void anEndedSessionLeadsToTheSignInAndBack() {
        String email = signUp("Ada");
        followMail(email);
        browser.click("Confirm my address").awaitText("Your e-mail address is confirmed.");
        String path = create();
        browser.driver().manage().deleteCookieNamed("guildhall-session");

        browser.click(By.xpath("//nav[@class='tabs']/a[.='API tokens']"));
        browser.awaitText("Your session has ended. Sign in again.");
        browser.fill("email", email).fill("password", PASSWORD).click("Sign in");
        browser.awaitText("Create an API token");
        assertThat(browser.path()).isEqualTo(path + "/tokens");
    }
}
