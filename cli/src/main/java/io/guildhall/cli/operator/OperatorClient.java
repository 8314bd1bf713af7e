package io.guildhall.cli.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.guildhall.api.validation.UuidParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the operator routes of a running service. */
final class OperatorClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final JsonMapper json = JsonMapper.shared();
    private final URI url;
    private final String key;

    OperatorClient(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    /** Returns the id of the user with this id or e-mail address. */
    String user(String idOrEmail) {
        return id(idOrEmail, "users", "email");
    }

    /** Returns the id of the organization with this id or name. */
    String organization(String idOrName) {
        return id(idOrName, "organizations", "name");
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, Map<String, ?> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private String id(String named, String what, String by) {
        if (UuidParser.parse(named) != null) {
            return named;
        }
        JsonNode found = send(request("/%s?%s=%s".formatted(what, by, URLEncoder.encode(named, UTF_8)))
                        .GET())
                .path(what);
        if (found.isEmpty()) {
            throw new OperatorClientException("None of the %s has this %s.".formatted(what, by));
        }
        return found.get(0).path("id").asString();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url.toString().replaceAll("/+$", "") + "/operator/v1" + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key);
    }

    private JsonNode send(HttpRequest.Builder request) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> reply = http.send(request.build(), BodyHandlers.ofString());
            JsonNode body = json.readTree(reply.body());
            if (reply.statusCode() >= 300) {
                throw new OperatorClientException(
                        body.path("message").asString("The service answered " + reply.statusCode()));
            }
            return body;
        } catch (IOException e) {
            throw new OperatorClientException(
                    "No Guildhall answers at %s. Name its address with --url.".formatted(url));
        } catch (JacksonException e) {
            throw new OperatorClientException("The server at %s is no Guildhall.".formatted(url));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperatorClientException("Interrupted.");
        }
    }
}
