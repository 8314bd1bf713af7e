package io.guildhall.api.openapi;

import io.guildhall.api.error.RequestRejectionException;
import io.guildhall.api.openapi.ApiTexts.ProblemText;
import io.guildhall.api.security.Permission;
import io.guildhall.api.security.RequiresPermission;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The pages that the {@code type} of an error leads to. */
@Hidden
@RestController
class ProblemPageEndpoint {

    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    @GetMapping("/problems")
    @RequiresPermission(Permission.PUBLIC)
    ResponseEntity<String> list() {
        String entries = ApiTexts.LOADED.problems().entrySet().stream()
                .map(entry -> "<li><a href=\"/problems/%s\">%s</a> <code>%s</code></li>"
                        .formatted(entry.getKey(), html(entry.getValue().title()), entry.getKey()))
                .collect(Collectors.joining("\n"));
        return page("Problems", """
                <h1>Problems</h1>
                <p>The <code>type</code> of an error names one of these.</p>
                <ul>
                %s
                </ul>
                """.formatted(entries));
    }

    @GetMapping("/problems/{slug}")
    @RequiresPermission(Permission.PUBLIC)
    ResponseEntity<String> show(@PathVariable String slug) {
        ProblemText problem = ApiTexts.LOADED.problems().get(slug);
        if (problem == null) {
            throw RequestRejectionException.notFound("type of problem");
        }
        String status = problem.status().stream()
                .map(code -> code + " " + HttpStatus.valueOf(code).getReasonPhrase())
                .collect(Collectors.joining(" or "));
        return page(problem.title(), """
                <h1>%s</h1>
                <p><code>/problems/%s</code>, status %s</p>
                <h2>What it means</h2>
                <p>%s</p>
                <h2>What to do</h2>
                <p>%s</p>
                <p><a href="/problems">All problems</a> · <a href="/docs">API documentation</a></p>
                """.formatted(
                        html(problem.title()), slug, status, html(problem.means()), html(problem.then())));
    }

    private static ResponseEntity<String> page(String title, String content) {
        return ResponseEntity.ok()
                .contentType(HTML)
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)).cachePublic())
                .body("""
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s - Guildhall</title>
                <link rel="icon" href="/console/assets/current/guildhall.svg" type="image/svg+xml">
                <link rel="stylesheet" href="/console/assets/current/console.css">
                </head>
                <body>
                <main class="middle"><div class="card">
                %s</div></main>
                </body>
                </html>
                """.formatted(html(title), content));
    }

    private static String html(String text) {
        return HtmlUtils.htmlEscape(text).replaceAll("`([^`]+)`", "<code>$1</code>");
    }
}
