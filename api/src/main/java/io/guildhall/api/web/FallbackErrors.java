package io.guildhall.api.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Errors that never reached a handler method have the same body. What has begun to be answered gets no second one behind it. */
@Hidden
@RestController
class FallbackErrors implements ErrorController {

    @RequestMapping("${server.error.path:/error}")
    @Permitted(Who.PUBLIC)
    @Nullable ResponseEntity<?> error(HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            return null;
        }
        HttpStatus status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? HttpStatus.valueOf(code)
                : HttpStatus.NOT_FOUND;
        Problem problem = status == HttpStatus.NOT_FOUND
                ? Problems.noRoute()
                : Problem.of(status, status.getReasonPhrase() + ".");
        return ResponseEntity.status(status)
                .contentType(Problems.mediaType(request))
                .body(Problems.body(problem, request));
    }
}
