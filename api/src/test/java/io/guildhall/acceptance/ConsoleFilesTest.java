package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the console's pages and files are served. */
class ConsoleFilesTest extends AcceptanceTestBase {

    private static final Pattern ASSET = Pattern.compile("/console/assets/[0-9a-f]{16}/[a-z]+\\.[a-z]+");
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final String REMAINING = "x-ratelimit-remaining";

    private final Client anonymous = new Client(client.base(), client.mailbox(), null);

    private List<String> assets() {
        return ASSET.matcher(anonymous.get("/").ok().body())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    @Test
    void thePageHasContentBeforeItsScriptsAndPreloadsThem() {
        String page = anonymous.get("/").ok().body();

        assertThat(page).contains("Guildhall</a>", "Loading…", "<noscript>").doesNotContain("{{");
        assertThat(assets()).anyMatch(it -> it.endsWith("/dom.js"));
        assertThat(page).contains("rel=\"modulepreload\"");
    }

    @Test
    void thePageIsAskedForAgainEachTime() {
        Reply page = anonymous.get("/").ok();

        assertThat(page.header("Cache-Control")).contains("no-cache");
        anonymous.get("/", "If-None-Match", page.header("ETag").orElseThrow()).refused(304);
    }

    @Test
    void filesAreKeptForAYear() {
        assertThat(assets()).isNotEmpty().allSatisfy(asset -> {
            Reply file = anonymous.get(asset).ok();
            assertThat(file.header("Cache-Control")).contains("max-age=31536000, public, immutable");
            anonymous
                    .get(asset, "If-None-Match", file.header("ETag").orElseThrow())
                    .refused(304);
        });
    }

    @Test
    void filesOfAnUnknownVersionAreNotKept() {
        Reply file = anonymous.get("/console/assets/current/console.css").ok();

        assertThat(file.header("Cache-Control")).contains("no-cache");
        anonymous.get("/console/assets/current/nothing.js").refused(404);
    }

    @Test
    void pagesAndFilesAreCompressed() throws IOException, InterruptedException {
        for (String path : List.of("/", "/console/assets/current/dom.js", "/console/assets/current/console.css")) {
            HttpRequest request = HttpRequest.newBuilder(client.base().resolve(path))
                    .header("Accept-Encoding", "gzip")
                    .build();
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<byte[]> reply = http.send(request, BodyHandlers.ofByteArray());
                assertThat(reply.headers().firstValue("Content-Encoding"))
                        .as(path)
                        .contains("gzip");
                try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
                    byte[] content = unpacked.readAllBytes();
                    assertThat(content).hasSizeGreaterThan(reply.body().length);
                    assertThat(new String(content))
                            .isEqualTo(anonymous.get(path).body());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/console/sign-in",
                "/console/organizations/acme/members",
                "/account/validate/x",
                "/console/assets/current/dom.js",
                "/nonsense",
                "/v1/account/profile"
            })
    void headCarriesTheSecurityHeaders(String path) {
        for (String method : List.of("GET", "HEAD")) {
            Reply reply = anonymous.send(method, path, null, "Accept", BROWSER);
            assertThat(reply.header("Content-Security-Policy"))
                    .as(reply.toString())
                    .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
            assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(reply.header("Referrer-Policy")).contains("no-referrer");
        }
    }

    @Test
    void filesAndPagesUseNobodysBudget() {
        int before = remaining(anonymous.get("/nonsense").refused(404));
        for (String path : List.of("/", "/console/account", "/console/assets/current/dom.js", assets().getFirst())) {
            anonymous.get(path).ok();
        }

        assertThat(remaining(anonymous.get("/nonsense").refused(404))).isEqualTo(before - 1);
    }

    private static int remaining(Reply reply) {
        return Integer.parseInt(reply.header(REMAINING).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nonsense", "/console/nonsense", "/v1/nonsense", "/avatars/nonsense.svg", "/index.html"})
    void anUnknownAddressIsAPageForBrowsersAndJsonForOthers(String path) {
        Reply page = anonymous.get(path, "Accept", BROWSER).refused(404);
        assertThat(page.header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<h1>Page not found</h1>").doesNotContain("{{");

        Reply problem = anonymous.get(path).refused(404);
        assertThat(problem.header("Content-Type")).contains("application/json");
        Reply ofClient = client.newcomer().client().get(path, "Accept", BROWSER).refused(404);
        assertThat(ofClient.header("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/account/profile",
                "/a//b",
                "/v1/account/organizations?search=%ff",
                "/console/organizations/%2e%2e;x"
            })
    void otherErrorsArePagesForBrowsers(String path) {
        Reply page = anonymous.get(path, "Accept", BROWSER);

        assertThat(page.status()).isBetween(400, 499);
        assertThat(page.header("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.body()).contains("<h1>", "To the start").doesNotContain("{{");
    }
}
