package io.guildhall.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back, and for which call. */
record Reply(String call, int status, java.net.http.HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.shared();

    static Reply of(String call, HttpResponse<String> response) {
        return new Reply(call, response.statusCode(), response.headers(), response.body());
    }

    /** Fails unless the call succeeded. */
    Reply ok() {
        assertThat(status).as(toString()).isBetween(200, 299);
        return this;
    }

    /** Fails unless the call was refused with this status. */
    Reply refused(int expected) {
        assertThat(status).as(toString()).isEqualTo(expected);
        return this;
    }

    boolean isOk() {
        return status >= 200 && status <= 299;
    }

    JsonNode json() {
        return JSON.readTree(body);
    }

    /** By a path such as {@code token.id} or {@code members.0.id}; a missing node when there is none. */
    JsonNode at(String path) {
        return json().at("/" + path.replace('.', '/'));
    }

    /** The text at a path; fails when there is none. */
    String text(String path) {
        JsonNode node = at(path);
        assertThat(node.isString()).as("%s of %s", path, this).isTrue();
        return node.stringValue();
    }

    /** What each element of an array has at a path below it. */
    List<String> texts(String array, String path) {
        List<String> found = new ArrayList<>();
        at(array)
                .forEach(element ->
                        found.add(element.at("/" + path.replace('.', '/')).asString()));
        return found;
    }

    String message() {
        return text("message");
    }

    /** The fields that a refusal names. */
    List<String> fields() {
        return texts("fields", "field");
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    @Override
    public String toString() {
        return "%s -> %d %s".formatted(call, status, body.length() > 2000 ? body.substring(0, 2000) + "…" : body);
    }
}
