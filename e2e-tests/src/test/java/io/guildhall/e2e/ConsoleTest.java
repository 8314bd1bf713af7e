package io.guildhall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console in a browser. */
@Tag("e2e")
class ConsoleTest {

    @Test
    void showsTheSignInPageWithoutBlockedScripts() {
        try (GuildhallProcess service = GuildhallProcess.start();
                Browser browser = Browser.start(service.base())) {
            browser.open("/");
            browser.click("Sign in");
            browser.find("input[type=password]");
            assertThat(browser.messages()).isEmpty();
        }
    }
}
