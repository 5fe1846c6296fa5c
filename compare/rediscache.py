"""A shared cache that a page can do without.

Django's own Redis backend raises when the server is down or slow. What is cached here can always be
made again, so a server that does not answer is an empty cache, said once in a while in the log.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

SILENT_SECONDS = 60.0
REST_SECONDS = 5.0
"""A server that did not answer is not asked again before: each question may cost a timeout."""

logger = logging.getLogger(__name__)


class FailOpenRedisCache(RedisCache):  # type: ignore[misc, unused-ignore]
    """Redis or Valkey; while it does not answer nothing is found and nothing is kept."""

    _rest_until = 0.0
    _told_at = float("-inf")

    def add(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().add, True, *args, **kwargs)

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._open(super().get, default, key, default, version)

    def set(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().set, None, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().touch, False, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().delete, False, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().get_many, {}, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().has_key, False, *args, **kwargs)

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> Any:
        return self._open(super().incr, delta, key, delta, version)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().set_many, list(data), data, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> Any:
        return self._open(super().delete_many, None, *args, **kwargs)

    def clear(self) -> Any:
        return self._open(super().clear, False)

    def _open(self, ask: Callable[..., Any], otherwise: Any, *args: Any, **kwargs: Any) -> Any:
        now = time.monotonic()
        if now < self._rest_until:
            return otherwise
        try:
            return ask(*args, **kwargs)
        except (RedisError, OSError) as error:
            # Shared by all threads of the process; the worst that a race does is one more question.
            type(self)._rest_until = now + REST_SECONDS
            if now - self._told_at > SILENT_SECONDS:
                type(self)._told_at = now
                logger.warning("The cache does not answer, pages go without: %s", error)
            return otherwise
