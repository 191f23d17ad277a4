// React reads this when it is imported. Its development build renders the same HTML in twice the time.
process.env.NODE_ENV = 'production';
