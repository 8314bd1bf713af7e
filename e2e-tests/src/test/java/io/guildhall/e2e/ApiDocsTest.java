package io.guildhall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.Select;

/** Swagger UI in a browser: linked from the console, under its Content-Security-Policy, with both descriptions. */
@Tag("e2e")
class ApiDocsTest {

    @Test
    void showBothDescriptionsWithoutBlockedScriptsOrStyles() {
        try (GuildhallProcess service = GuildhallProcess.start();
                Browser browser = Browser.start(service.base())) {
            browser.open("/");
            browser.click("API documentation");
            browser.find("#operations-tag-Credentials");
            assertThat(browser.path()).startsWith("/docs");

            WebDriver driver = browser.driver();
            new Select(driver.findElement(By.cssSelector(".download-url-wrapper select")))
                    .selectByVisibleText("Operators");
            browser.find("#operations-tag-DeadLetters");

            assertThat(driver.findElements(By.cssSelector("#operations-tag-Credentials")))
                    .isEmpty();
            assertThat(browser.messages()).isEmpty();
        }
    }
}
