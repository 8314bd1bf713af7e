package io.guildhall.e2e;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A headless Chromium with a profile of its own that looks at the console of one service. */
final class Browser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final String[] ARGUMENTS = {
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync"
    };

    private final ChromeDriver driver;
    private final Path profile;
    private final URI base;

    private Browser(ChromeDriver driver, Path profile, URI base) {
        this.driver = driver;
        this.profile = profile;
        this.base = base;
    }

    /** Starts a browser with a window of 1280 by 900 pixels. Fails when Chromium or its driver is not installed. */
    static Browser start(URI base) {
        Path chromium = onPath("chromium", "chromium-browser", "google-chrome", "chrome");
        Path chromedriver = onPath("chromedriver");
        try {
            Path profile = Files.createTempDirectory("guildhall-browser");
            var options = new ChromeOptions();
            options.setBinary(chromium.toFile());
            options.addArguments(ARGUMENTS);
            options.addArguments("--user-data-dir=" + profile, "--window-size=1280,900");
            var logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, Level.ALL);
            options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
            // A named driver keeps Selenium Manager from downloading one.
            ChromeDriverService service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver.toFile())
                    .usingAnyFreePort()
                    .build();
            return new Browser(new ChromeDriver(service, options), profile, base);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path onPath(String... names) {
        List<String> directories =
                List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return Arrays.stream(names)
                .flatMap(name -> directories.stream().map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("The browser tests need Chromium and chromedriver on the PATH. "
                        + "Not found: " + String.join(" or ", names)
                        + ". Install them, for example with: apt-get install chromium chromium-driver"));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** Opens a path of the service in the current tab. */
    Browser open(String path) {
        driver.get(base.resolve(path).toString());
        return this;
    }

    /** The path and query of the current page. */
    String path() {
        URI uri = URI.create(driver.getCurrentUrl());
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** Changes the size of the page's area, for example 375 by 812 for a phone. */
    Browser resize(int width, int height) {
        // Headless windows have a lower limit of 500 pixels: the emulated metrics do not.
        driver.manage().window().setSize(new Dimension(Math.max(width, 500), height));
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    /** Waits until a condition holds. A missing or replaced element counts as "not yet". */
    <T> T await(String what, Supplier<T> condition) {
        return new WebDriverWait(driver, TIMEOUT, Duration.ofMillis(50))
                .ignoreAll(List.of(NoSuchElementException.class, StaleElementReferenceException.class))
                .withMessage(() -> what + ". The page " + driver.getCurrentUrl() + " shows:\n" + text())
                .until(ignored -> condition.get());
    }

    /** Waits until the page shows the text anywhere. */
    Browser awaitText(String text) {
        await("Expected the text: " + text, () -> text().contains(text));
        return this;
    }

    /** Waits for a displayed element. */
    WebElement find(By by) {
        return await(
                "Expected a displayed element: " + by,
                () -> driver.findElements(by).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    WebElement find(String css) {
        return find(By.cssSelector(css));
    }

    /** Clicks a link or button with exactly this text. */
    Browser click(String text) {
        String xpath = "//*[self::a or self::button or self::summary][normalize-space()=\"" + text + "\"]";
        await("Expected to click: " + text, () -> {
            find(By.xpath(xpath)).click();
            return true;
        });
        return this;
    }

    /** Replaces the value of the field with this name. */
    Browser fill(String name, String value) {
        await("Expected to fill: " + name, () -> {
            WebElement field = find("[name='" + name + "']");
            field.clear();
            field.sendKeys(value);
            return true;
        });
        return this;
    }

    /** Clicks the displayed element, also when the page replaces it meanwhile. */
    Browser click(By by) {
        await("Expected to click: " + by, () -> {
            find(by).click();
            return true;
        });
        return this;
    }

    /** The displayed text of the page. */
    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** Runs a script in the page. A returned promise is awaited. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The messages of the browser's console since the last call, for example blocked scripts and failed requests. */
    List<String> messages() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** Opens a tab and makes it the current one. Returns its handle. */
    String newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        return driver.getWindowHandle();
    }

    /** Saves what the window shows as a PNG. */
    void screenshot(Path file) {
        try {
            Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the browser and deletes its profile. */
    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
